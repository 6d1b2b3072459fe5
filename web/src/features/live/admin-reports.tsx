"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Flag } from "lucide-react";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { Report, ReportReason, ReportStatus, Resolution } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Field, Select, Textarea } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { EmptyState } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/ui/tabs";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";

const key = ["admin", "reports"] as const;

const reason_words: Record<ReportReason, string> = {
  spam: "Spam",
  abuse: "Abuse",
  fraud: "Fraud",
  illegal: "Illegal",
  other: "Something else",
};

const resolution_words: Record<Resolution, string> = {
  dismissed: "Nothing is wrong",
  message_deleted: "Delete the message",
  person_muted: "Mute the person everywhere",
  stream_stopped: "Stop the stream",
};

const mute_durations = [
  ["86400", "a day"],
  ["604800", "a week"],
  ["", "good"],
] as const;

/** What may be decided: a message can only be deleted where one was reported. */
function resolutions_of(report: Report): Resolution[] {
  return [
    "dismissed",
    ...(report.message_id ? (["message_deleted"] as const) : []),
    ...(report.user_id ? (["person_muted"] as const) : []),
    ...(report.stream_id ? (["stream_stopped"] as const) : []),
  ];
}

/** What was reported, in a line. */
function subject_of(report: Report): string {
  if (report.kind === "stream") return `The stream “${report.stream_title ?? ""}”`;
  if (report.kind === "person") return report.user_name ?? "A person";
  return `A message of ${report.user_name ?? "somebody"}`;
}

type Decision = { resolution: Resolution; answer?: string; mute_duration_s?: number };

function ResolveForm({ report, on_done }: { report: Report; on_done: () => void }) {
  const [resolution, set_resolution] = useState<Resolution>("dismissed");
  const [duration, set_duration] = useState("604800");
  const [answer, set_answer] = useState("");
  const resolve = useChange([key], (body: Decision) =>
    body_of(
      api.POST("/api/v1/admin/reports/{report_id}/resolve", {
        params: { path: { report_id: report.id } },
        body,
      }),
    ),
  );
  return (
    <form
      aria-label="Decide"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const with_duration = resolution === "person_muted" && duration !== "";
        const decision = {
          resolution,
          ...(answer.trim() && { answer: answer.trim() }),
          ...(with_duration && { mute_duration_s: Number(duration) }),
        };
        resolve.mutate(decision, {
          onSuccess: () => {
            toast("success", "The report is resolved");
            on_done();
          },
          onError: refused("The report is still open"),
        });
      }}
    >
      <Field label="What to do">
        <Select value={resolution} onChange={(event) => set_resolution(event.target.value as Resolution)}>
          {resolutions_of(report).map((each) => (
            <option key={each} value={each}>
              {resolution_words[each]}
            </option>
          ))}
        </Select>
      </Field>
      {resolution === "person_muted" && (
        <Field label="For">
          <Select value={duration} onChange={(event) => set_duration(event.target.value)}>
            {mute_durations.map(([seconds, words]) => (
              <option key={words} value={seconds}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label="Answer" optional hint="Kept with the report.">
        <Textarea maxLength={500} value={answer} onChange={(event) => set_answer(event.target.value)} />
      </Field>
      <Button type="submit" busy={resolve.isPending} className="justify-self-start">
        Decide
      </Button>
    </form>
  );
}

function ReportCard({ report, on_open }: { report: Report; on_open: () => void }) {
  return (
    <li>
      <Card className="grid gap-2 p-4">
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1 font-semibold break-words">{subject_of(report)}</span>
          <Badge tone="warning">{reason_words[report.reason]}</Badge>
          {report.reports_count > 1 && <Badge>{report.reports_count} reports</Badge>}
        </span>
        {report.excerpt && (
          <blockquote className="rounded-md bg-sunken px-3 py-2 break-words">{report.excerpt}</blockquote>
        )}
        {report.note && <p className="break-words">{report.note}</p>}
        <p className="text-sm text-ink-muted">
          {report.reporter_name}, <Moment at={report.created_at} />
          {report.stream_title && `, in “${report.stream_title}”`}
        </p>
        {report.status === "open" ? (
          <Button
            size="sm"
            look="outline"
            className="justify-self-start"
            aria-label={`Decide: ${subject_of(report)}`}
            onClick={on_open}
          >
            Decide
          </Button>
        ) : (
          <p className="text-sm">
            {report.resolution && resolution_words[report.resolution]}
            {report.answer && `: ${report.answer}`}
          </p>
        )}
      </Card>
    </li>
  );
}

function ReportList({ status, on_open }: { status: ReportStatus; on_open: (report: Report) => void }) {
  const reports = useInfiniteQuery({
    queryKey: [...key, status],
    queryFn: ({ pageParam }) =>
      body_of(
        api.GET("/api/v1/admin/reports", {
          params: { query: { status, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
  return (
    <Loaded query={reports} loading="Loading reports">
      {({ pages }) => {
        const all = pages.flatMap((page) => page.reports);
        if (all.length === 0)
          return (
            <EmptyState icon={Flag} title={status === "open" ? "Nothing is reported" : "Nothing was decided"}>
              People report messages, people and streams while they watch.
            </EmptyState>
          );
        return (
          <div className="grid max-w-3xl gap-3">
            <ul aria-label="Reports" className="grid gap-3">
              {all.map((report) => (
                <ReportCard key={report.id} report={report} on_open={() => on_open(report)} />
              ))}
            </ul>
            {reports.hasNextPage && (
              <Button
                look="outline"
                className="justify-self-start"
                busy={reports.isFetchingNextPage}
                onClick={() => reports.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

/** What people have reported, the oldest first, and what was made of it. */
export function AdminReports() {
  const [opened, set_opened] = useState<Report | null>(null);
  return (
    <>
      <Tabs defaultValue="open">
        <TabsList aria-label="Reports">
          <TabsTrigger value="open">Open</TabsTrigger>
          <TabsTrigger value="resolved">Decided</TabsTrigger>
        </TabsList>
        {(["open", "resolved"] as const).map((status) => (
          <TabsContent key={status} value={status}>
            <ReportList status={status} on_open={set_opened} />
          </TabsContent>
        ))}
      </Tabs>
      {opened && (
        <Sheet
          open
          place="side"
          on_open_change={(open) => open || set_opened(null)}
          title={subject_of(opened)}
        >
          <ResolveForm report={opened} on_done={() => set_opened(null)} />
        </Sheet>
      )}
    </>
  );
}
