"use client";

import { ChevronLeft, Flag, Hand, Package } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { FollowButton } from "@/features/catalog/follow-button";
import { product_query, useStoreProducts } from "@/features/catalog/queries";
import { BuySheet } from "@/features/checkout/buy-sheet";
import { AskForProduct } from "@/features/live/ask-for-product";
import { Chat } from "@/features/live/chat";
import { ChatComposer } from "@/features/live/chat-composer";
import { MessageMenu } from "@/features/live/message-menu";
import { PinnedProduct } from "@/features/live/pinned-product";
import { useBlocks } from "@/features/live/privacy-queries";
import { is_over, join_stream, show_path, usePins, useStream } from "@/features/live/queries";
import { FlyingReactions, ReactionBar, useFlyingReactions } from "@/features/live/reactions";
import { ReportForm } from "@/features/live/report-form";
import { StreamPlayer } from "@/features/live/stream-player";
import { useRoom } from "@/features/live/use-room";
import { ViewerCount } from "@/features/live/viewer-count";
import { is_missing, sentence_of } from "@/lib/api/problem";
import type { Product, Stream } from "@/lib/api/types";
import { useSession, useUser } from "@/lib/auth/use-session";
import { LiveBadge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { Loaded } from "@/ui/loaded";
import { NothingHere } from "@/ui/nothing-here";
import { Page } from "@/ui/shell/page";
import { TopBar } from "@/ui/shell/top-bar";
import { Sheet } from "@/ui/sheet";
import { EmptyState, ErrorState } from "@/ui/states";
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
          <OffAir stream={stream} on_buy={set_bought_id} />
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
          <RoomPanel stream_id={stream_id} stream={stream} on_buy={set_bought_id} />
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
          {stream.status !== "scheduled" && (
            <FollowButton store={{ id: stream.store_id, name: stream.store_name }} over_video />
          )}
          <ReportShow stream={stream} />
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

/** Tells the marketplace of the whole show. */
function ReportShow({ stream }: { stream: Stream }) {
  const user = useUser();
  const [open, set_open] = useState(false);
  if (!user || user.id === stream.host_id) return null;
  return (
    <>
      <Button
        look="glass"
        size="icon-sm"
        // On a phone below the sound, so that the header has room for the title.
        className="rounded-full max-lg:absolute max-lg:top-28 max-lg:right-3"
        aria-label="Report this show"
        onClick={() => set_open(true)}
      >
        <Flag aria-hidden />
      </Button>
      <Sheet open={open} on_open_change={set_open} title="Report this show" place="side" see_through>
        <ReportForm subject={{ kind: "stream", stream_id: stream.id }} on_done={() => set_open(false)} />
      </Sheet>
    </>
  );
}

/** What the store sells, to ask the host for. */
function Requests({ stream }: { stream: Stream }) {
  const [open, set_open] = useState(false);
  const products = useStoreProducts(open ? stream.store_id : "");
  return (
    <>
      <Button
        look="glass"
        size="icon"
        className="rounded-full"
        aria-label="Ask for a product"
        onClick={() => set_open(true)}
      >
        <Hand aria-hidden />
      </Button>
      <Sheet
        open={open}
        on_open_change={set_open}
        title="Ask for a product"
        description="The host sees what viewers want to see."
        place="side"
        see_through
      >
        <Loaded query={products} loading="Loading the products">
          {(all) =>
            all.length === 0 ? (
              <EmptyState icon={Package} title="Nothing on the shelves yet" />
            ) : (
              <AskForProduct stream_id={stream.id} products={all} />
            )
          }
        </Loaded>
      </Sheet>
    </>
  );
}

type RoomPanelProps = {
  stream_id: string;
  stream: Stream | undefined;
  on_buy: (product_id: string) => void;
};

function RoomPanel({ stream_id, stream, on_buy }: RoomPanelProps) {
  const session = useSession();
  const pins = usePins(stream_id);
  const blocks = useBlocks(session.status === "signed_in");
  const blocked = new Set(blocks.data?.map(({ user_id }) => user_id));
  const { chat_enabled = true, reactions_enabled = true, requests_enabled = true } = stream?.settings ?? {};
  return (
    <>
      <Chat
        stream_id={stream_id}
        over_video
        hides={(message) => blocked.has(message.user_id)}
        action_of={(message) => <MessageMenu message={message} />}
        className="flex-1 mask-[linear-gradient(transparent,black_25%)] [text-shadow:0_1px_3px_rgb(0_0_0/0.65)] lg:mask-none"
      />
      {pins.map((product) => (
        <Pinned key={product.id} product={product} on_buy={() => on_buy(product.id)} />
      ))}
      <div className="flex items-start gap-2 lg:flex-col-reverse">
        {!chat_enabled ? (
          <p className="flex-1 px-2 py-2.5 text-sm text-white/85">The host has closed the chat.</p>
        ) : session.status !== "signed_out" ? (
          <ChatComposer stream_id={stream_id} over_video className="flex-1 lg:w-full lg:flex-none" />
        ) : (
          <Button asChild look="glass" className="flex-1 rounded-full lg:w-full lg:flex-none">
            <Link href={`/sign-in?next=${encodeURIComponent(show_path(stream_id))}`}>Sign in to chat</Link>
          </Button>
        )}
        <div className="flex gap-1.5">
          {requests_enabled && stream && session.status === "signed_in" && <Requests stream={stream} />}
          {reactions_enabled && <ReactionBar stream_id={stream_id} />}
        </div>
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
