"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import type { ReportReason, ReportSomething } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Select, Textarea } from "@/ui/field";
import { refused } from "@/ui/loaded";
import { toast } from "@/ui/toast";
import { invitation } from "./queries";

const reason_words: Record<ReportReason, string> = {
  spam: "Advertising or spam",
  abuse: "Insults or threats",
  fraud: "Fraud",
  illegal: "Something illegal",
  other: "Something else",
};
const reasons = Object.keys(reason_words) as ReportReason[];

type ReportFormProps = {
  /** What is reported: a message, or the whole show. */
  subject: Pick<ReportSomething, "kind" | "stream_id" | "message_id" | "user_id">;
  on_done: () => void;
};

/** Tells the marketplace's people of something that should not be; they look at it and decide. */
export function ReportForm({ subject, on_done }: ReportFormProps) {
  const [reason, set_reason] = useState<ReportReason>("spam");
  const [note, set_note] = useState("");
  const report = useMutation({
    mutationFn: () =>
      body_of(
        api.POST("/api/v1/reports", { body: { ...subject, reason, note: note.trim(), ...invitation() } }),
      ),
    onSuccess: () => {
      toast("success", "Reported", "The marketplace’s people look at it.");
      on_done();
    },
    onError: refused("Not reported"),
  });
  return (
    <form
      aria-label="Report"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        report.mutate();
      }}
    >
      <Field label="What is wrong">
        <Select value={reason} onChange={(event) => set_reason(event.target.value as ReportReason)}>
          {reasons.map((each) => (
            <option key={each} value={each}>
              {reason_words[each]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="What should we know" optional>
        <Textarea maxLength={1000} value={note} onChange={(event) => set_note(event.target.value)} />
      </Field>
      <Button type="submit" look="danger" busy={report.isPending} className="justify-self-start">
        Report
      </Button>
    </form>
  );
}
