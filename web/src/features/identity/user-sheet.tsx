"use client";

import { useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { User, UserFile } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Field, Textarea } from "@/ui/field";
import { Sheet } from "@/ui/sheet";
import { ErrorState, Notice } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { useSetUserStatus, useUserFile } from "./admin-queries";
import { kyc_words } from "./kyc-words";
import { action_words, reason_of, role_words, status_words } from "./user-words";

const REASON_MIN = 3;

function StatusForm({ user }: { user: User }) {
  const set_status = useSetUserStatus(user.id);
  const [reason, set_reason] = useState("");
  const suspended = user.status === "suspended";
  const failed = (fault: unknown) => toast("danger", "Nothing was changed", sentence_of(fault));
  if (suspended) {
    return (
      <Button
        busy={set_status.isPending}
        className="justify-self-start"
        onClick={() =>
          set_status.mutate(
            { status: "active" },
            { onSuccess: () => toast("success", `${user.name} may sign in again`), onError: failed },
          )
        }
      >
        Let in again
      </Button>
    );
  }
  return (
    <form
      aria-label="Suspend"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        set_status.mutate(
          { status: "suspended", reason: reason.trim() },
          { onSuccess: () => toast("success", `${user.name} is signed out and suspended`), onError: failed },
        );
      }}
    >
      <Field label="Reason for suspending" hint="Written down for good.">
        <Textarea maxLength={500} value={reason} onChange={(event) => set_reason(event.target.value)} />
      </Field>
      <Button
        type="submit"
        look="danger"
        busy={set_status.isPending}
        disabled={reason.trim().length < REASON_MIN}
        className="justify-self-start"
      >
        Suspend
      </Button>
    </form>
  );
}

function Facts({ file }: { file: UserFile }) {
  const { user } = file;
  const rows: [string, React.ReactNode][] = [
    ["Email", user.email],
    ["Phone", user.phone ?? "None"],
    ["Role", role_words[user.role]],
    [
      "State",
      <Badge key="s" tone={status_words[user.status].tone}>
        {status_words[user.status].label}
      </Badge>,
    ],
    [
      "Identity",
      <Badge key="k" tone={kyc_words[user.kyc_status].tone}>
        {kyc_words[user.kyc_status].label}
      </Badge>,
    ],
    ["Signed in on", `${file.session_count} ${file.session_count === 1 ? "device" : "devices"}`],
    ["Here since", <Moment key="m" at={user.created_at} />],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
      {rows.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-ink-muted">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function History({ file }: { file: UserFile }) {
  if (file.audit.length === 0)
    return <p className="text-ink-muted">Nothing was decided about this account.</p>;
  return (
    <ul aria-label="Decisions" className="divide-y divide-line">
      {file.audit.map((entry) => (
        <li key={entry.created_at + entry.action} className="py-2.5">
          <p className="font-semibold">{action_words(entry.action)}</p>
          {reason_of(entry.detail) && <p>{reason_of(entry.detail)}</p>}
          <p className="text-sm text-ink-muted">
            {entry.actor_name ?? "The platform"}, <Moment at={entry.created_at} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** One person: what is known, what was decided, and what may be. */
export function UserSheet({ user, on_close }: { user: User; on_close: () => void }) {
  const file = useUserFile(user.id);
  const me = useUser();
  return (
    <Sheet open place="side" on_open_change={(open) => open || on_close()} title={user.name}>
      {file.isLoadingError ? (
        <ErrorState message={sentence_of(file.error)} on_retry={() => file.refetch()} />
      ) : !file.data ? (
        <Skeleton className="h-64" aria-label="Loading this person" />
      ) : (
        <div className="grid gap-6">
          <Facts file={file.data} />
          {me?.id === user.id ? (
            <Notice tone="info">This is you: somebody else decides about your account.</Notice>
          ) : (
            <StatusForm user={file.data.user} />
          )}
          <section>
            <h3 className="mb-1 text-lg">Decisions</h3>
            <History file={file.data} />
          </section>
        </div>
      )}
    </Sheet>
  );
}
