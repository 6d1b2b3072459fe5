"use client";

import { Users } from "lucide-react";
import type { Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { Loaded, refused } from "@/ui/loaded";
import { EmptyState } from "@/ui/states";
import { toast } from "@/ui/toast";
import { useParticipants } from "./host-queries";
import { useAddModerator } from "./moderators";
import { format_span } from "./stream-words";

/** Who with an account watched a show: how long, and what they wrote. */
export function Participants({ stream }: { stream: Stream }) {
  const people = useParticipants(stream.id);
  const appoint = useAddModerator(stream.store_id);
  return (
    <section aria-label="Who watched" className="grid gap-3">
      <h2 className="text-lg">Who watched</h2>
      <Loaded query={people} loading="Loading who watched">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.participants);
          if (all.length === 0)
            return (
              <EmptyState icon={Users} title="Nobody with an account">
                Visitors without one are counted above, not listed.
              </EmptyState>
            );
          return (
            <>
              <DataTable
                caption="Who watched"
                rows={all}
                row_key={({ user_id }) => user_id}
                columns={[
                  { heading: "Name", cell: ({ name }) => <span className="font-semibold">{name}</span> },
                  { heading: "Watched", align: "right", cell: (row) => format_span(row.watch_duration_s) },
                  { heading: "Messages", align: "right", wide_only: true, cell: (row) => row.messages_count },
                  {
                    heading: "Reactions",
                    align: "right",
                    wide_only: true,
                    cell: (row) => row.reactions_count,
                  },
                  {
                    heading: "Chat",
                    align: "right",
                    cell: ({ user_id, name }) => (
                      <Button
                        look="quiet"
                        size="sm"
                        aria-label={`Make ${name} a moderator`}
                        busy={appoint.isPending && appoint.variables === user_id}
                        onClick={() =>
                          appoint.mutate(user_id, {
                            onSuccess: () => toast("success", `${name} keeps order in your chats`),
                            onError: refused(`${name} is no moderator`),
                          })
                        }
                      >
                        Make moderator
                      </Button>
                    ),
                  },
                ]}
              />
              {people.hasNextPage && (
                <Button
                  look="outline"
                  className="justify-self-start"
                  busy={people.isFetchingNextPage}
                  onClick={() => people.fetchNextPage()}
                >
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
