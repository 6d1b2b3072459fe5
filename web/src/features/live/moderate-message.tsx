"use client";

import { ShieldAlert } from "lucide-react";
import { useState } from "react";
import type { Message, Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Check } from "@/ui/check";
import { Field, Input, Select } from "@/ui/field";
import { refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { toast } from "@/ui/toast";
import { useDeleteMessage, useMute } from "./host-queries";
import { useAddModerator } from "./moderators";

const durations = [
  ["300", "5 minutes"],
  ["3600", "an hour"],
  ["86400", "a day"],
  ["", "good"],
] as const;

type PanelProps = { stream: Stream; message: Message; on_done: () => void };

function MuteForm({ stream, message, on_done }: PanelProps) {
  const mute = useMute(stream.id);
  const [duration, set_duration] = useState<string>("300");
  const [reason, set_reason] = useState("");
  const [delete_messages, set_delete] = useState(false);
  return (
    <form
      aria-label="Mute"
      className="grid gap-3 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const wish = {
          user_id: message.user_id,
          delete_messages,
          ...(duration && { duration_s: Number(duration) }),
          ...(reason.trim() && { reason: reason.trim() }),
        };
        mute.mutate(wish, {
          onSuccess: () => {
            toast("success", `${message.user_name} is muted`);
            on_done();
          },
          onError: refused(`${message.user_name} was not muted`),
        });
      }}
    >
      <Field label={`Mute ${message.user_name} for`}>
        <Select value={duration} onChange={(event) => set_duration(event.target.value)}>
          {durations.map(([seconds, words]) => (
            <option key={words} value={seconds}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Reason" optional hint="They are told.">
        <Input maxLength={200} value={reason} onChange={(event) => set_reason(event.target.value)} />
      </Field>
      <Check
        label="Delete all they wrote in this show"
        checked={delete_messages}
        onChange={(event) => set_delete(event.target.checked)}
      />
      <Button type="submit" look="danger" busy={mute.isPending} className="justify-self-start">
        Mute
      </Button>
    </form>
  );
}

function Panel({ stream, message, on_done }: PanelProps) {
  const remove = useDeleteMessage(stream.id);
  const appoint = useAddModerator(stream.store_id);
  return (
    <div className="grid gap-4">
      <blockquote className="rounded-md bg-sunken px-3 py-2 break-words">{message.content}</blockquote>
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
      {message.author === "viewer" && (
        <>
          <MuteForm stream={stream} message={message} on_done={on_done} />
          <div className="border-t border-line pt-4">
            <Button
              look="outline"
              busy={appoint.isPending}
              onClick={() =>
                appoint.mutate(message.user_id, {
                  onSuccess: () => {
                    toast("success", `${message.user_name} keeps order in your chats`);
                    on_done();
                  },
                  onError: refused(`${message.user_name} is no moderator`),
                })
              }
            >
              Make {message.user_name} a moderator
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** Beside a message in the studio: delete it, mute who wrote it, or let them keep order, too. */
export function ModerateMessage({ stream, message }: { stream: Stream; message: Message }) {
  const [open, set_open] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        size="icon-sm"
        className="size-7 text-ink-muted"
        aria-label={`Keep order: message of ${message.user_name}`}
        onClick={() => set_open(true)}
      >
        <ShieldAlert aria-hidden />
      </Button>
      <Sheet open={open} on_open_change={set_open} place="side" title={`Message of ${message.user_name}`}>
        <Panel stream={stream} message={message} on_done={() => set_open(false)} />
      </Sheet>
    </>
  );
}
