"use client";

import type { ProductRequest, Stream } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { useDismissRequest, useRequests } from "./host-queries";
import { usePin } from "./queries";

/** "Ada, Ben and 3 more" */
function asked_by({ asked_by: names, count }: ProductRequest): string {
  const more = count - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** What viewers wait to see, what most ask for first. Pinning it takes it off the list. */
export function RequestQueue({ stream }: { stream: Stream }) {
  const requests = useRequests(stream.id);
  const dismiss = useDismissRequest(stream.id);
  const pin = usePin(stream.id);
  return (
    <Card className="grid gap-3 p-4">
      <h2 className="text-lg">Viewers ask for</h2>
      <Loaded query={requests} loading="Loading what viewers ask for" className="h-16">
        {(all) =>
          all.length === 0 ? (
            <p className="text-sm text-ink-muted">Nothing at the moment.</p>
          ) : (
            <ul aria-label="Requests" className="grid gap-3">
              {all.map((request) => (
                <li key={request.product.id} className="grid gap-1.5">
                  <span className="flex items-center gap-2">
                    <span className="min-w-0 flex-1 truncate font-semibold">{request.product.name}</span>
                    <Badge>{request.count}</Badge>
                  </span>
                  <span className="text-sm text-ink-muted">{asked_by(request)}</span>
                  <span className="flex gap-2">
                    <Button
                      size="sm"
                      aria-label={`Show ${request.product.name}`}
                      busy={pin.isPending && pin.variables.product_id === request.product.id}
                      onClick={() =>
                        pin.mutate(
                          { product_id: request.product.id, pinned: true },
                          {
                            onSuccess: () => void requests.refetch(),
                            onError: refused(`${request.product.name} was not pinned`),
                          },
                        )
                      }
                    >
                      Show it
                    </Button>
                    <Button
                      look="quiet"
                      size="sm"
                      aria-label={`Not now: ${request.product.name}`}
                      onClick={() =>
                        dismiss.mutate(request.product.id, { onError: refused("It is still on the list") })
                      }
                    >
                      Not now
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
