"use client";

import { Package, ShoppingBag } from "lucide-react";
import { useState } from "react";
import { useStoreProducts } from "@/features/catalog/queries";
import { useOrderUpdates } from "@/features/checkout/queries";
import { CameraPreview, DeviceChoice } from "@/features/live/camera-preview";
import { Chat } from "@/features/live/chat";
import { ChatComposer } from "@/features/live/chat-composer";
import { GoLiveForm } from "@/features/live/go-live-form";
import { EndShow, UploadHealthLine } from "@/features/live/on-air-panel";
import { InviteLink } from "@/features/live/invite-link";
import { KeepOrder } from "@/features/live/keep-order";
import { ModerateMessage } from "@/features/live/moderate-message";
import { PinOrder } from "@/features/live/pin-order";
import { PinPanel } from "@/features/live/pin-panel";
import { PlannedShows } from "@/features/live/planned-shows";
import { RequestQueue } from "@/features/live/request-queue";
import { useRunningStream, useStream } from "@/features/live/queries";
import { useBroadcast } from "@/features/live/use-broadcast";
import { useCamera, type Camera } from "@/features/live/use-camera";
import { useRoom } from "@/features/live/use-room";
import { ViewerCount } from "@/features/live/viewer-count";
import { sentence_of } from "@/lib/api/problem";
import type { Store, Stream } from "@/lib/api/types";
import { LiveBadge } from "@/ui/badge";
import { PageHeader } from "@/ui/shell/page";
import { EmptyState, ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { Elapsed } from "@/ui/time";
import { toast } from "@/ui/toast";
import { WithStore } from "../with-store";

export function Studio() {
  return <WithStore>{(store) => <StoreStudio store={store} />}</WithStore>;
}

/** Before the show: camera and title. During it: picture, chat, products, orders. */
function StoreStudio({ store }: { store: Store }) {
  const camera = useCamera();
  const running = useRunningStream(store.id);
  const [started_id, set_started_id] = useState<string | null>(null);
  const [ended_id, set_ended_id] = useState<string | null>(null);
  const stream_id = started_id ?? running.data?.id ?? null;

  if (stream_id && stream_id !== ended_id) {
    const end = () => {
      set_ended_id(stream_id);
      set_started_id(null);
    };
    return <OnAir key={stream_id} store={store} stream_id={stream_id} camera={camera} on_ended={end} />;
  }
  if (running.isLoadingError)
    return <ErrorState message={sentence_of(running.error)} on_retry={() => running.refetch()} />;
  if (running.isPending) return <Skeleton className="h-96" aria-label="Loading the studio" />;
  return (
    <>
      <PageHeader title="Studio">Check the picture, name the show, go live.</PageHeader>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid gap-4">
          <CameraPreview camera={camera} />
          <DeviceChoice camera={camera} />
        </div>
        <div className="grid gap-4">
          <Card className="p-5">
            <GoLiveForm
              store_id={store.id}
              camera_ready={camera.media !== null}
              on_created={(stream) => set_started_id(stream.id)}
            />
          </Card>
          <PlannedShows
            store_id={store.id}
            camera_ready={camera.media !== null}
            on_start={(stream) => set_started_id(stream.id)}
          />
        </div>
      </div>
    </>
  );
}

type OnAirProps = { store: Store; stream_id: string; camera: Camera; on_ended: () => void };

function OnAir({ store, stream_id, camera, on_ended }: OnAirProps) {
  const stream = useStream(stream_id);
  const broadcast = useBroadcast(stream_id, camera.media);
  const [order_count, set_order_count] = useState(0);
  useOrderUpdates();
  useRoom(stream_id, {
    on_order: ({ product_name }) => {
      set_order_count((count) => count + 1);
      toast("success", "New order", product_name);
    },
  });
  const is_on_air = broadcast.state.phase === "on_air";

  return (
    <>
      <PageHeader
        title={stream.data?.title ?? "Your show"}
        actions={
          stream.data && (
            <EndShow
              stream={stream.data}
              on_ended={() => {
                broadcast.stop();
                on_ended();
              }}
            />
          )
        }
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid gap-4">
          <CameraPreview camera={camera}>
            {is_on_air && stream.data && (
              <div className="absolute top-3 left-3 flex items-center gap-1.5">
                <LiveBadge />
                {stream.data.started_at && (
                  <Elapsed
                    since={stream.data.started_at}
                    className="rounded-sm bg-black/55 px-2 py-0.5 text-xs font-semibold text-white tabular-nums"
                  />
                )}
                <ViewerCount count={stream.data.viewer_count} />
              </div>
            )}
          </CameraPreview>
          <Card className="p-4">
            <UploadHealthLine state={broadcast.state} health={broadcast.health} />
            <details className="mt-3">
              <summary className="w-fit text-sm font-semibold text-ink-muted hover:text-ink">
                Change camera or microphone
              </summary>
              <div className="mt-3">
                <DeviceChoice camera={camera} />
              </div>
            </details>
          </Card>
          {stream.data ? <PinSection store={store} stream={stream.data} /> : <Skeleton className="h-64" />}
        </div>
        <aside className="grid gap-4">
          <Card className="flex items-center gap-3 p-4">
            <ShoppingBag className="size-5 text-ink-muted" aria-hidden />
            <span className="flex-1 font-semibold">Orders since you opened the studio</span>
            <output aria-label="Orders in this show" className="font-display text-2xl font-bold tabular-nums">
              {order_count}
            </output>
          </Card>
          {stream.data && (
            <>
              <StudioChat stream={stream.data} />
              {stream.data.settings.requests_enabled && <RequestQueue stream={stream.data} />}
              {stream.data.type === "private" && <InviteLink stream_id={stream_id} />}
            </>
          )}
        </aside>
      </div>
    </>
  );
}

function StudioChat({ stream }: { stream: Stream }) {
  return (
    <Card className="grid gap-3 p-4">
      <h2 className="text-lg">Chat</h2>
      <Chat
        stream_id={stream.id}
        className="h-[26rem]"
        action_of={(message) => <ModerateMessage stream={stream} message={message} />}
      />
      <ChatComposer stream_id={stream.id} />
      <KeepOrder stream={stream} />
    </Card>
  );
}

function PinSection({ store, stream }: { store: Store; stream: Stream }) {
  const products = useStoreProducts(store.id);
  return (
    <section aria-label="Products in this show">
      <h2 className="mb-3 text-lg">Show a product</h2>
      {products.isLoadingError && (
        <ErrorState message={sentence_of(products.error)} on_retry={() => products.refetch()} />
      )}
      {products.isPending && <Skeleton className="h-64" aria-label="Loading products" />}
      {products.data?.length === 0 && (
        <EmptyState icon={Package} title="No products yet">
          Add what you sell under Products; then it can be shown here.
        </EmptyState>
      )}
      <PinOrder stream={stream} />
      {products.data && <PinPanel stream={stream} products={products.data} />}
    </section>
  );
}
