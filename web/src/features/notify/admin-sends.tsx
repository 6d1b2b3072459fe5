"use client";

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import type { SendStatus } from "@/lib/api/types";
import { Badge, type Tone } from "@/ui/badge";
import { DataTable } from "@/ui/data-table";
import { Field, Select } from "@/ui/field";
import { Loaded } from "@/ui/loaded";
import { EmptyState } from "@/ui/states";
import { Moment } from "@/ui/time";
import { channel_words, kind_words } from "./kind-words";

const send_words: Record<SendStatus, { label: string; tone: Tone }> = {
  queued: { label: "Waiting", tone: "info" },
  sent: { label: "Sent", tone: "success" },
  skipped: { label: "Left out", tone: "neutral" },
  failed: { label: "Failed", tone: "danger" },
};

/** The newest hundred messages that left the platform, or could not. */
export function AdminSends() {
  const [status, set_status] = useState<SendStatus | "">("");
  const sends = useQuery({
    queryKey: ["admin", "sends", status],
    queryFn: async () =>
      (
        await body_of(
          api.GET("/api/v1/admin/notification-sends", { params: { query: status ? { status } : {} } }),
        )
      ).sends,
  });
  return (
    <div className="grid gap-4">
      <Field label="State" className="max-w-48">
        <Select value={status} onChange={(event) => set_status(event.target.value as SendStatus | "")}>
          <option value="">All</option>
          {Object.entries(send_words).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Loaded query={sends} loading="Loading messages sent">
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Send} title="No messages">
              Emails, text messages and push messages are written down here.
            </EmptyState>
          ) : (
            <DataTable
              caption="Messages sent"
              rows={all}
              row_key={({ id }) => id}
              columns={[
                {
                  heading: "About",
                  cell: ({ type, last_error }) => (
                    <>
                      <span className="font-semibold">{kind_words[type]}</span>
                      {last_error && (
                        <span className="block max-w-md text-sm break-words text-danger">{last_error}</span>
                      )}
                    </>
                  ),
                },
                { heading: "By", cell: ({ channel }) => channel_words[channel] },
                {
                  heading: "State",
                  cell: ({ status: now }) => (
                    <Badge tone={send_words[now].tone}>{send_words[now].label}</Badge>
                  ),
                },
                { heading: "Attempts", align: "right", wide_only: true, cell: ({ attempts }) => attempts },
                { heading: "When", wide_only: true, cell: ({ created_at }) => <Moment at={created_at} /> },
              ]}
            />
          )
        }
      </Loaded>
    </div>
  );
}
