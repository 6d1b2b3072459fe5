"use client";

import { useState } from "react";
import type { FailDelivery, FailureReason } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Select, Textarea } from "@/ui/field";
import { Sheet } from "@/ui/sheet";
import { failure_words } from "./delivery-words";

type ReportFailureProps = { busy: boolean; on_report: (report: FailDelivery) => void };

const reasons = Object.keys(failure_words) as FailureReason[];

/** For a parcel that nobody takes: why, and what happened. It goes back to its store then. */
export function ReportFailure({ busy, on_report }: ReportFailureProps) {
  const [open, set_open] = useState(false);
  const [reason, set_reason] = useState<FailureReason>("customer_absent");
  const [note, set_note] = useState("");
  return (
    <>
      <Button look="quiet" size="sm" onClick={() => set_open(true)}>
        It cannot be handed over
      </Button>
      <Sheet
        open={open}
        on_open_change={set_open}
        title="It cannot be handed over"
        description="Bring the parcel back to its store afterwards."
      >
        <form
          className="grid gap-4"
          aria-label="Failure"
          onSubmit={(event) => {
            event.preventDefault();
            set_open(false);
            on_report({ reason, ...(note.trim() && { note: note.trim() }) });
          }}
        >
          <Field label="Why">
            <Select value={reason} onChange={(event) => set_reason(event.target.value as FailureReason)}>
              {reasons.map((each) => (
                <option key={each} value={each}>
                  {failure_words[each]}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="What happened" optional>
            <Textarea maxLength={500} value={note} onChange={(event) => set_note(event.target.value)} />
          </Field>
          <Button type="submit" look="danger" busy={busy}>
            Report as not delivered
          </Button>
        </form>
      </Sheet>
    </>
  );
}
