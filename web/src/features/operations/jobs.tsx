"use client";

import { useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { JobStatus } from "@/lib/api/types";
import { Badge, type Tone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { Field, Select } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { EmptyState } from "@/ui/states";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";

const key = ["admin", "jobs"] as const;

const job_words: Record<JobStatus, { label: string; tone: Tone }> = {
  queued: { label: "Waiting", tone: "info" },
  running: { label: "Running", tone: "info" },
  done: { label: "Done", tone: "success" },
  dead: { label: "Given up", tone: "danger" },
};

/** Work done in the background; what was given up is tried again by hand. */
export function Jobs() {
  const [status, set_status] = useState<JobStatus | "">("dead");
  const jobs = useQuery({
    queryKey: [...key, status],
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/admin/jobs", { params: { query: status ? { status } : {} } }))).jobs,
  });
  const retry = useChange([key, ["admin", "health"]], (job_id: string) =>
    body_of(api.POST("/api/v1/admin/jobs/{job_id}/retry", { params: { path: { job_id } } })),
  );
  return (
    <div className="grid gap-4">
      <Field label="State" className="max-w-48">
        <Select value={status} onChange={(event) => set_status(event.target.value as JobStatus | "")}>
          <option value="">All</option>
          {Object.entries(job_words).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Loaded query={jobs} loading="Loading jobs">
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={ListChecks} title="No jobs">
              {status === "dead" ? "Nothing was given up." : "There is no such work."}
            </EmptyState>
          ) : (
            <DataTable
              caption="Jobs"
              rows={all}
              row_key={({ id }) => id}
              columns={[
                {
                  heading: "Work",
                  cell: ({ kind, last_error }) => (
                    <>
                      <code className="break-all">{kind}</code>
                      {last_error && (
                        <span className="block max-w-md text-sm break-words text-danger">{last_error}</span>
                      )}
                    </>
                  ),
                },
                {
                  heading: "State",
                  cell: (job) => (
                    <Badge tone={job_words[job.status].tone}>{job_words[job.status].label}</Badge>
                  ),
                },
                {
                  heading: "Attempts",
                  align: "right",
                  wide_only: true,
                  cell: ({ attempts, attempts_max }) => `${attempts} of ${attempts_max}`,
                },
                { heading: "When", wide_only: true, cell: ({ run_at }) => <Moment at={run_at} /> },
                {
                  heading: "Decide",
                  align: "right",
                  cell: ({ id, kind, status: now }) =>
                    now === "dead" && (
                      <Button
                        look="outline"
                        size="sm"
                        aria-label={`Try ${kind} again`}
                        busy={retry.isPending && retry.variables === id}
                        onClick={() =>
                          retry.mutate(id, {
                            onSuccess: () => toast("success", "It is tried again"),
                            onError: refused("It was not tried again"),
                          })
                        }
                      >
                        Try again
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </div>
  );
}
