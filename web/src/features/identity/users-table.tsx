"use client";

import { Search, Users } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { KycStatus, Role, User, UserStatus } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { Field, Input, Select } from "@/ui/field";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { useUsers, type UserFilter } from "./admin-queries";
import { kyc_words } from "./kyc-words";
import { UserSheet } from "./user-sheet";
import { role_words, status_words } from "./user-words";

type Words = Record<string, string | { label: string }>;

function Choice(props: { label: string; words: Words; value: string; on_change: (value: string) => void }) {
  return (
    <Field label={props.label}>
      <Select value={props.value} onChange={(event) => props.on_change(event.target.value)}>
        <option value="">All</option>
        {Object.entries(props.words).map(([value, words]) => (
          <option key={value} value={value}>
            {typeof words === "string" ? words : words.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const LIST_CLASS = "grid gap-3 sm:grid-cols-[minmax(12rem,1fr)_repeat(3,10rem)]";

/** Everybody of this marketplace: found by name or address, by role and by state. */
export function UsersTable() {
  const [typed, set_typed] = useState("");
  const [role, set_role] = useState("");
  const [status, set_status] = useState("");
  const [kyc_status, set_kyc_status] = useState("");
  const [opened, set_opened] = useState<User | null>(null);
  const q = useDeferredValue(typed.trim());
  const filter: UserFilter = {
    ...(q && { q }),
    ...(role && { role: role as Role }),
    ...(status && { status: status as UserStatus }),
    ...(kyc_status && { kyc_status: kyc_status as KycStatus }),
  };
  const users = useUsers(filter);
  const rows = users.data?.pages.flatMap((page) => page.users);

  return (
    <div className="grid gap-4">
      <form
        role="search"
        aria-label="People"
        className={LIST_CLASS}
        onSubmit={(event) => event.preventDefault()}
      >
        <Field label="Search">
          <Input
            type="search"
            placeholder="Name or email"
            maxLength={100}
            value={typed}
            onChange={(event) => set_typed(event.target.value)}
          />
        </Field>
        <Choice label="Role" words={role_words} value={role} on_change={set_role} />
        <Choice label="State" words={status_words} value={status} on_change={set_status} />
        <Choice label="Identity" words={kyc_words} value={kyc_status} on_change={set_kyc_status} />
      </form>
      {users.isLoadingError ? (
        <ErrorState message={sentence_of(users.error)} on_retry={() => users.refetch()} />
      ) : !rows ? (
        <Skeleton className="h-64" aria-label="Loading people" />
      ) : rows.length === 0 ? (
        <EmptyState icon={Object.keys(filter).length > 0 ? Search : Users} title="Nobody found">
          Try another name, or take a filter away.
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="People"
            rows={rows}
            row_key={(user) => user.id}
            columns={[
              {
                heading: "Name",
                cell: (user) => (
                  <button
                    type="button"
                    className="rounded-sm text-left font-semibold underline-offset-4 hover:underline"
                    onClick={() => set_opened(user)}
                  >
                    {user.name}
                    <span className="block text-sm font-normal text-ink-muted">{user.email}</span>
                  </button>
                ),
              },
              { heading: "Role", wide_only: true, cell: (user) => role_words[user.role] },
              {
                heading: "State",
                cell: (user) => (
                  <Badge tone={status_words[user.status].tone}>{status_words[user.status].label}</Badge>
                ),
              },
              { heading: "Since", wide_only: true, cell: (user) => <Moment at={user.created_at} /> },
            ]}
          />
          <p className="text-sm text-ink-muted" role="status">
            {rows.length} of {users.data?.pages[0]?.total ?? rows.length}
          </p>
          {users.hasNextPage && (
            <Button
              look="outline"
              busy={users.isFetchingNextPage}
              className="justify-self-start"
              onClick={() => users.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </>
      )}
      {opened && <UserSheet user={opened} on_close={() => set_opened(null)} />}
    </div>
  );
}
