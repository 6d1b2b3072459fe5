"use client";

import type { BlockedPerson } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { useBlocks, useUnblock } from "./privacy-queries";

function Blocked({ person }: { person: BlockedPerson }) {
  const unblock = useUnblock();
  return (
    <li className="flex items-center justify-between gap-4 py-3">
      <span className="min-w-0 truncate font-semibold">{person.name}</span>
      <Button
        look="outline"
        size="sm"
        busy={unblock.isPending}
        aria-label={`Unblock ${person.name}`}
        onClick={() => unblock.mutate(person.user_id, { onError: refused("Still blocked") })}
      >
        Unblock
      </Button>
    </li>
  );
}

/** Whose messages one does not want to read in the chats of live shows. */
export function BlockedPeople() {
  const blocks = useBlocks();
  return (
    <Card role="region" aria-label="Blocked people" className="p-5">
      <h2 className="mb-1 text-lg">Blocked people</h2>
      <Loaded query={blocks} loading="Loading whom you blocked" className="h-12">
        {(people) =>
          people.length === 0 ? (
            <p className="text-ink-muted">
              Nobody. In a chat, open the menu of a message to read its writer no more.
            </p>
          ) : (
            <ul aria-label="Blocked people" className="divide-y divide-line">
              {people.map((person) => (
                <Blocked key={person.user_id} person={person} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
