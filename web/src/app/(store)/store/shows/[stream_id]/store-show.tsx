"use client";

import { Video } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { InviteLink } from "@/features/live/invite-link";
import { useCancelStream } from "@/features/live/host-queries";
import { Participants } from "@/features/live/participants";
import { useStream } from "@/features/live/queries";
import { RecordingView } from "@/features/live/recording-view";
import { ShowForm } from "@/features/live/show-form";
import { ShowSummary } from "@/features/live/show-summary";
import { stream_words } from "@/features/live/stream-words";
import { is_missing, sentence_of } from "@/lib/api/problem";
import type { Stream } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { Loaded, refused } from "@/ui/loaded";
import { NothingHere } from "@/ui/nothing-here";
import { PageHeader } from "@/ui/shell/page";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";

function CancelShow({ stream }: { stream: Stream }) {
  const cancel = useCancelStream(stream.id);
  const router = useRouter();
  return (
    <Confirm
      size="md"
      label="Cancel the show"
      title={`Cancel ${stream.title}?`}
      description="It will not take place. This is not taken back; you can plan another."
      action="Cancel it"
      busy={cancel.isPending}
      on_confirm={() =>
        cancel.mutate(undefined, {
          onSuccess: () => {
            toast("success", `${stream.title} is cancelled`);
            router.push("/store/shows");
          },
          onError: refused("The show was not cancelled"),
        })
      }
    />
  );
}

function Actions({ stream }: { stream: Stream }) {
  const is_open = stream.status === "scheduled" || stream.status === "live";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Badge tone={stream_words[stream.status].tone}>{stream_words[stream.status].label}</Badge>
      {stream.status === "scheduled" && <CancelShow stream={stream} />}
      {is_open && (
        <Button asChild look="live">
          <Link href="/store/studio">
            <Video aria-hidden /> To the studio
          </Link>
        </Button>
      )}
    </div>
  );
}

function Planned({ stream }: { stream: Stream }) {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card className="p-5">
        <ShowForm
          key={stream.id + stream.status}
          store_id={stream.store_id}
          stream={stream}
          on_saved={(saved) => toast("success", `${saved.title} is saved`)}
        />
      </Card>
      {stream.type === "private" && <InviteLink stream_id={stream.id} />}
    </div>
  );
}

function Over({ stream }: { stream: Stream }) {
  return (
    <div className="grid gap-6">
      <ShowSummary stream_id={stream.id} />
      <RecordingView stream={stream} />
      <Participants stream={stream} />
    </div>
  );
}

/** One show of the store: to be changed until it is over, then what became of it. */
export function StoreShow({ stream_id }: { stream_id: string }) {
  const stream = useStream(stream_id);
  if (is_missing(stream.error)) return <NothingHere>{sentence_of(stream.error)}</NothingHere>;
  return (
    <Loaded query={stream} loading="Loading the show">
      {(found) => (
        <>
          <PageHeader title={found.title} actions={<Actions stream={found} />} />
          {found.status === "ended" && <Over stream={found} />}
          {(found.status === "scheduled" || found.status === "live") && <Planned stream={found} />}
          {found.status === "cancelled" && (
            <p className="text-ink-muted">
              This show was cancelled
              {found.scheduled_at && (
                <>
                  . It was planned for <Moment at={found.scheduled_at} />
                </>
              )}
              .
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}
