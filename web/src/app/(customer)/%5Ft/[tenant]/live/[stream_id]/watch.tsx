"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { FollowButton } from "@/features/catalog/follow-button";
import { product_query } from "@/features/catalog/queries";
import { BuySheet } from "@/features/checkout/buy-sheet";
import { Chat } from "@/features/live/chat";
import { ChatComposer } from "@/features/live/chat-composer";
import { PinnedProduct } from "@/features/live/pinned-product";
import { is_over, join_stream, usePins, useStream } from "@/features/live/queries";
import { FlyingReactions, ReactionBar, useFlyingReactions } from "@/features/live/reactions";
import { StreamPlayer } from "@/features/live/stream-player";
import { useRoom } from "@/features/live/use-room";
import { ViewerCount } from "@/features/live/viewer-count";
import { is_missing, sentence_of } from "@/lib/api/problem";
import type { Product, Stream } from "@/lib/api/types";
import { useSession } from "@/lib/auth/use-session";
import { LiveBadge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { NothingHere } from "@/ui/nothing-here";
import { Page } from "@/ui/shell/page";
import { TopBar } from "@/ui/shell/top-bar";
import { ErrorState } from "@/ui/states";
import { Avatar } from "@/ui/surfaces";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { OffAir } from "./off-air";

/** The room: picture, chat, what is pinned, and buying it while the video plays on. */
export function Watch({ stream_id, stream: initial }: { stream_id: string; stream?: Stream }) {
  const query = useStream(stream_id, initial);
  const queries = useQueryClient();
  const { flying, show } = useFlyingReactions();
  useRoom(stream_id, { on_reactions: show });
  const [bought_id, set_bought_id] = useState<string | null>(null);
  const stream = query.data;

  if (query.isLoadingError) {
    return (
      <>
        <TopBar home_href="/" />
        <Page narrow>
          {is_missing(query.error) ? (
            <NothingHere>{sentence_of(query.error)}</NothingHere>
          ) : (
            <ErrorState message={sentence_of(query.error)} on_retry={() => query.refetch()} />
          )}
        </Page>
      </>
    );
  }
  const on_air = !stream || stream.status === "live";
  return (
    <main
      id="main"
      className={cn(
        "fixed inset-0 grid bg-[#120e18] text-white lg:static lg:h-dvh",
        on_air && "lg:grid-cols-[minmax(0,1fr)_24rem]",
      )}
    >
      <div className="relative min-h-0 lg:row-span-full">
        {on_air ? (
          <StreamPlayer
            title={stream?.title ?? "Live show"}
            join={() => join_stream(stream_id)}
            is_over={() => is_over(queries, stream_id)}
          />
        ) : (
          <OffAir stream={stream} />
        )}
        {on_air && (
          <div
            aria-hidden
            className="pointer-events-none absolute inset-0 bg-linear-to-b from-black/55 via-transparent via-25% to-black/75 lg:to-black/20"
          />
        )}
        <WatchHeader stream={stream} />
        <FlyingReactions flying={flying} />
      </div>
      {on_air && (
        <aside className="pointer-events-none absolute inset-x-0 bottom-0 z-10 flex h-[52%] flex-col justify-end gap-3 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:pointer-events-auto lg:static lg:h-auto lg:min-h-0 lg:border-l lg:border-white/10 lg:p-4 [&>*]:pointer-events-auto">
          <RoomPanel stream_id={stream_id} on_buy={set_bought_id} />
        </aside>
      )}
      <BuyFromStream stream_id={stream_id} product_id={bought_id} on_close={() => set_bought_id(null)} />
    </main>
  );
}

function WatchHeader({ stream }: { stream: Stream | undefined }) {
  return (
    <header className="absolute inset-x-0 top-0 z-10 flex items-start gap-2 p-3 pt-[max(0.75rem,env(safe-area-inset-top))] lg:p-4">
      <Button asChild look="glass" size="icon-sm" className="rounded-full">
        <Link href="/" aria-label="Back to the start page">
          <ChevronLeft aria-hidden />
        </Link>
      </Button>
      {stream && (
        <>
          <Avatar name={stream.store_name} className="size-9" />
          <div className="min-w-0 flex-1 leading-tight [text-shadow:0_1px_3px_rgb(0_0_0/0.6)]">
            <h1 className="truncate font-sans text-base font-semibold tracking-normal">{stream.title}</h1>
            <Link href={`/stores/${stream.store_id}`} className="text-sm text-white/85 hover:underline">
              {stream.store_name}
            </Link>
          </div>
          <FollowButton store={{ id: stream.store_id, name: stream.store_name }} over_video />
          {stream.status === "live" && (
            <div className="flex shrink-0 items-center gap-1.5">
              <LiveBadge />
              <ViewerCount count={stream.viewer_count} />
            </div>
          )}
        </>
      )}
    </header>
  );
}

type RoomPanelProps = { stream_id: string; on_buy: (product_id: string) => void };

function RoomPanel({ stream_id, on_buy }: RoomPanelProps) {
  const session = useSession();
  const pins = usePins(stream_id);
  return (
    <>
      <Chat
        stream_id={stream_id}
        over_video
        className="flex-1 mask-[linear-gradient(transparent,black_25%)] [text-shadow:0_1px_3px_rgb(0_0_0/0.65)] lg:mask-none"
      />
      {pins.map((product) => (
        <Pinned key={product.id} product={product} on_buy={() => on_buy(product.id)} />
      ))}
      <div className="flex items-start gap-2 lg:flex-col-reverse">
        {session.status !== "signed_out" ? (
          <ChatComposer stream_id={stream_id} over_video className="flex-1 lg:w-full lg:flex-none" />
        ) : (
          <Button asChild look="glass" className="flex-1 rounded-full lg:w-full lg:flex-none">
            <Link href={`/sign-in?next=/live/${stream_id}`}>Sign in to chat</Link>
          </Button>
        )}
        <ReactionBar stream_id={stream_id} />
      </div>
    </>
  );
}

/** Stock moves while people buy: asked again this often while a product is shown, in milliseconds. */
const STOCK_REFRESH_MS = 5000;

function Pinned({ product, on_buy }: { product: Product; on_buy: () => void }) {
  const { data: current = product } = useQuery({
    ...product_query(product.id),
    initialData: product,
    initialDataUpdatedAt: 0,
    refetchInterval: STOCK_REFRESH_MS,
  });
  const sold_out = current.variants.every(({ stock_quantity }) => stock_quantity === 0);
  return <PinnedProduct product={current} sold_out={sold_out} on_buy={on_buy} />;
}

type BuyFromStreamProps = { stream_id: string; product_id: string | null; on_close: () => void };

function BuyFromStream({ stream_id, product_id, on_close }: BuyFromStreamProps) {
  const product = useQuery({ ...product_query(product_id ?? ""), enabled: product_id !== null });
  return (
    <BuySheet
      product={product_id ? product.data : undefined}
      stream_id={stream_id}
      open={product_id !== null}
      on_open_change={(open) => open || on_close()}
    />
  );
}
