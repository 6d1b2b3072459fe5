import type { Order } from "@/lib/api/types";
import { Money } from "@/ui/money";

export function OrderItems({ order }: { order: Pick<Order, "items" | "currency"> }) {
  return (
    <ul className="grid gap-2" aria-label="Items">
      {order.items.map((item) => (
        <li key={item.variant_id} className="flex items-baseline justify-between gap-4">
          <span>
            <span className="font-semibold tabular-nums">{item.quantity} ×</span> {item.name}
            {item.variant_name && <span className="text-ink-muted"> · {item.variant_name}</span>}
          </span>
          <Money amount_minor={item.total_minor} currency={order.currency} />
        </li>
      ))}
    </ul>
  );
}
