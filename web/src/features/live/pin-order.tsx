"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { refused } from "@/ui/loaded";
import { useOrderPins } from "./host-queries";
import { moved } from "./pins";
import { usePins } from "./queries";

/** What is pinned, in the order in which viewers see it. */
export function PinOrder({ stream }: { stream: Stream }) {
  const pins = usePins(stream.id);
  const order = useOrderPins(stream.id);
  if (pins.length < 2) return null;
  const move = (index: number, by: -1 | 1) =>
    order.mutate(moved(pins, index, by), { onError: refused("The order was not changed") });
  return (
    <section className="mb-4 grid gap-2">
      <h3 className="text-base">Pinned, the first in front</h3>
      <ol aria-label="Pinned products" className="grid gap-1">
        {pins.map((product, index) => (
          <li key={product.id} className="flex items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
            <span className="min-w-0 flex-1 truncate">{product.name}</span>
            <Button
              look="quiet"
              size="icon-sm"
              aria-label={`${product.name} further to the front`}
              disabled={index === 0 || order.isPending}
              onClick={() => move(index, -1)}
            >
              <ArrowUp aria-hidden />
            </Button>
            <Button
              look="quiet"
              size="icon-sm"
              aria-label={`${product.name} further to the back`}
              disabled={index === pins.length - 1 || order.isPending}
              onClick={() => move(index, 1)}
            >
              <ArrowDown aria-hidden />
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
