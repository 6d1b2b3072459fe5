"use client";

import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { StaffList, Store } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { CopyLine } from "@/ui/copy-line";
import { DataTable } from "@/ui/data-table";
import { Field, Input } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { EmptyState, Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";

const staff_key = (store_id: string) => ["staff", store_id] as const;

/** The page where an invitation is accepted; the code stays behind the #, where no server's log has it. */
export function invitation_link(origin: string, code: string): string {
  return `${origin}/staff-invitation#code=${encodeURIComponent(code)}`;
}

function InviteForm({ store_id }: { store_id: string }) {
  const [email, set_email] = useState("");
  const [made, set_made] = useState<{ email: string; code: string } | null>(null);
  const invite = useChange([staff_key(store_id)], (to: string) =>
    body_of(
      api.POST("/api/v1/stores/{store_id}/staff", { params: { path: { store_id } }, body: { email: to } }),
    ),
  );
  return (
    <Card className="grid gap-4 p-5">
      <form
        aria-label="Invite somebody"
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate(email.trim(), {
            onSuccess: ({ invitation, code }) => {
              set_made({ email: invitation.email, code });
              set_email("");
            },
            onError: refused("Nobody was invited"),
          });
        }}
      >
        <Field label="Email of whom you invite" className="min-w-64 flex-1">
          <Input
            type="email"
            required
            maxLength={254}
            autoComplete="off"
            value={email}
            onChange={(event) => set_email(event.target.value)}
          />
        </Field>
        <Button type="submit" busy={invite.isPending}>
          Invite
        </Button>
      </form>
      {made && (
        <div className="grid gap-2" role="status">
          <p>
            Give this link to {made.email}. It works once, for seven days, and only for that address. It is
            not shown again.
          </p>
          <CopyLine label="Invitation link" text={invitation_link(window.location.origin, made.code)} />
        </div>
      )}
    </Card>
  );
}

function Members({ store, list }: { store: Store; list: StaffList }) {
  const remove = useChange([staff_key(store.id)], (user_id: string) =>
    body_of(
      api.DELETE("/api/v1/stores/{store_id}/staff/{user_id}", {
        params: { path: { store_id: store.id, user_id } },
      }),
    ),
  );
  if (list.staff.length === 0)
    return (
      <EmptyState icon={Users} title="You work alone">
        Invite people to prepare orders, change products and host shows. Payouts and this list stay yours.
      </EmptyState>
    );
  return (
    <DataTable
      caption="Team"
      rows={list.staff}
      row_key={({ user_id }) => user_id}
      columns={[
        {
          heading: "Name",
          cell: ({ name, email }) => (
            <span className="font-semibold">
              {name}
              <span className="block text-sm font-normal break-all text-ink-muted">{email}</span>
            </span>
          ),
        },
        { heading: "Since", wide_only: true, cell: ({ created_at }) => <Moment at={created_at} /> },
        {
          heading: "Work here",
          align: "right",
          cell: ({ user_id, name }) => (
            <Confirm
              label="Remove"
              name={`Remove ${name}`}
              title={`Remove ${name}?`}
              description="They can no longer see or change anything of this store."
              action="Remove from the team"
              busy={remove.isPending && remove.variables === user_id}
              on_confirm={() =>
                remove.mutate(user_id, {
                  onSuccess: () => toast("success", `${name} no longer works here`),
                  onError: refused(`${name} was not removed`),
                })
              }
            />
          ),
        },
      ]}
    />
  );
}

function Invitations({ store, list }: { store: Store; list: StaffList }) {
  const withdraw = useChange([staff_key(store.id)], (invitation_id: string) =>
    body_of(
      api.DELETE("/api/v1/stores/{store_id}/staff/invitations/{invitation_id}", {
        params: { path: { store_id: store.id, invitation_id } },
      }),
    ),
  );
  if (list.invitations.length === 0) return null;
  return (
    <section className="grid gap-3" aria-label="Invited">
      <h2 className="text-lg">Invited</h2>
      <ul className="grid gap-2">
        {list.invitations.map(({ id, email, expires_at }) => (
          <li key={id}>
            <Card className="flex flex-wrap items-center justify-between gap-3 p-3.5">
              <span className="min-w-0 break-all">
                {email}
                <span className="block text-sm text-ink-muted">
                  until <Moment at={expires_at} />
                </span>
              </span>
              <Button
                look="quiet"
                size="sm"
                aria-label={`Take back the invitation of ${email}`}
                busy={withdraw.isPending && withdraw.variables === id}
                onClick={() => withdraw.mutate(id, { onError: refused("The invitation is still open") })}
              >
                Take back
              </Button>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who works at a store, and who was asked to. Its owner alone decides that. */
export function Staff({ store }: { store: Store }) {
  const user = useUser();
  const is_owner = user?.id === store.owner_id;
  const staff = useQuery({
    queryKey: staff_key(store.id),
    queryFn: () =>
      body_of(api.GET("/api/v1/stores/{store_id}/staff", { params: { path: { store_id: store.id } } })),
    enabled: is_owner,
  });
  if (!is_owner) return <Notice tone="info">Only the store’s owner decides who works here.</Notice>;
  return (
    <div className="grid gap-6">
      <InviteForm store_id={store.id} />
      <Loaded query={staff} loading="Loading your team">
        {(list) => (
          <>
            <Members store={store} list={list} />
            <Invitations store={store} list={list} />
          </>
        )}
      </Loaded>
    </div>
  );
}
