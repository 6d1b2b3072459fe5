"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { Message } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { toast } from "@/ui/toast";
import { useDeleteMessage } from "./host-queries";
import { useBlock } from "./privacy-queries";
import { ReportForm } from "./report-form";

type PartProps = { message: Message; on_done: () => void };

function OwnMessage({ message, on_done }: PartProps) {
  const remove = useDeleteMessage(message.stream_id);
  return (
    <Button
      look="danger"
      busy={remove.isPending}
      className="justify-self-start"
      onClick={() =>
        remove.mutate(message.id, { onSuccess: on_done, onError: refused("The message is still there") })
      }
    >
      Delete this message
    </Button>
  );
}

function OthersMessage({ message, on_done }: PartProps) {
  const block = useBlock();
  return (
    <>
      <ReportForm
        subject={{ kind: "message", stream_id: message.stream_id, message_id: message.id }}
        on_done={on_done}
      />
      {message.author === "viewer" && (
        <div className="grid justify-items-start gap-2 border-t border-line pt-4">
          <p className="text-sm text-ink-muted">
            Blocked people go on writing, but you do not read them. They are not told.
          </p>
          <Button
            look="outline"
            busy={block.isPending}
            onClick={() =>
              block.mutate(message.user_id, {
                onSuccess: () => {
                  toast("success", `You read ${message.user_name} no more`, "Undo it in Account, Privacy.");
                  on_done();
                },
                onError: refused(`${message.user_name} is not blocked`),
              })
            }
          >
            Block {message.user_name}
          </Button>
        </div>
      )}
    </>
  );
}

/** Beside a message, for a viewer: delete one's own; report another's, or read its writer no more. */
export function MessageMenu({ message }: { message: Message }) {
  const user = useUser();
  const [open, set_open] = useState(false);
  if (!user || message.type !== "text") return null;
  const own = message.user_id === user.id;
  const done = () => set_open(false);
  return (
    <>
      <Button
        look="quiet"
        size="icon-sm"
        className="size-7 text-inherit opacity-70 hover:bg-white/15 hover:opacity-100"
        aria-label={own ? "My message" : `Message of ${message.user_name}`}
        onClick={() => set_open(true)}
      >
        <Ellipsis aria-hidden />
      </Button>
      <Sheet
        open={open}
        on_open_change={set_open}
        place="side"
        see_through
        title={own ? "My message" : `Message of ${message.user_name}`}
      >
        <div className="grid gap-4">
          <blockquote className="rounded-md bg-sunken px-3 py-2 break-words">{message.content}</blockquote>
          {own ? (
            <OwnMessage message={message} on_done={done} />
          ) : (
            <OthersMessage message={message} on_done={done} />
          )}
        </div>
      </Sheet>
    </>
  );
}
