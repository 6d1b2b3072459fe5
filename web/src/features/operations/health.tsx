"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { Badge } from "@/ui/badge";
import { Loaded } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";

const REFRESH_MS = 10_000;
/** Work that waits longer than this for a worker means that none runs, in seconds. */
const OVERDUE_S = 60;

/** How the platform stands: its database and its queue. */
export function Health() {
  const health = useQuery({
    queryKey: ["admin", "health"],
    queryFn: () => body_of(api.GET("/api/v1/admin/health")),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Health</h2>
      <Loaded query={health} loading="Loading the platform’s health" className="h-24">
        {({ database_ms, database_version, jobs }) => (
          <>
            <p>
              <Badge tone={jobs.oldest_due_s > OVERDUE_S ? "danger" : "success"}>
                {jobs.oldest_due_s > OVERDUE_S ? "Work is waiting: does a worker run?" : "Work is being done"}
              </Badge>
            </p>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
              <dt className="text-ink-muted">Database</dt>
              <dd>
                {database_ms.toFixed(1)} ms, version {database_version}
              </dd>
              <dt className="text-ink-muted">Due</dt>
              <dd>{jobs.due_count}</dd>
              <dt className="text-ink-muted">Running</dt>
              <dd>{jobs.running_count}</dd>
              <dt className="text-ink-muted">To be tried again</dt>
              <dd>{jobs.failing_count}</dd>
              <dt className="text-ink-muted">Given up</dt>
              <dd>{jobs.dead_count}</dd>
              <dt className="text-ink-muted">Last done</dt>
              <dd>{jobs.last_done_at ? <Moment at={jobs.last_done_at} /> : "Nothing within a week"}</dd>
            </dl>
          </>
        )}
      </Loaded>
    </Card>
  );
}
