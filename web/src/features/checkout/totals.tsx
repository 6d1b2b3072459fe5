import type { Order } from "@/lib/api/types";
import { Money } from "@/ui/money";

type Amounts = Pick<
  Order,
  | "currency"
  | "subtotal_minor"
  | "tax_amount_minor"
  | "shipping_amount_minor"
  | "discount_amount_minor"
  | "total_amount_minor"
>;

function Row({
  label,
  amount_minor,
  currency,
  strong,
}: {
  label: string;
  amount_minor: number;
  currency: string;
  strong?: boolean;
}) {
  return (
    <div
      className={
        strong ? "flex justify-between border-t border-line pt-2 text-lg font-bold" : "flex justify-between"
      }
    >
      <dt className={strong ? undefined : "text-ink-muted"}>{label}</dt>
      <dd>
        <Money amount_minor={amount_minor} currency={currency} />
      </dd>
    </div>
  );
}

/** The sums of one order, as the server reckoned them. */
export function Totals({ order }: { order: Amounts }) {
  const { currency } = order;
  return (
    <dl className="grid gap-1.5">
      <Row label="Items" amount_minor={order.subtotal_minor} currency={currency} />
      <Row label="Delivery" amount_minor={order.shipping_amount_minor} currency={currency} />
      {order.tax_amount_minor !== 0 && (
        <Row label="Tax" amount_minor={order.tax_amount_minor} currency={currency} />
      )}
      {order.discount_amount_minor !== 0 && (
        <Row label="Discount" amount_minor={-order.discount_amount_minor} currency={currency} />
      )}
      <Row label="Total" amount_minor={order.total_amount_minor} currency={currency} strong />
    </dl>
  );
}

export function sum_of(orders: readonly Order[]): Amounts {
  const sum = (pick: (order: Order) => number) => orders.reduce((total, order) => total + pick(order), 0);
  return {
    currency: orders[0]?.currency ?? "EUR",
    subtotal_minor: sum((order) => order.subtotal_minor),
    tax_amount_minor: sum((order) => order.tax_amount_minor),
    shipping_amount_minor: sum((order) => order.shipping_amount_minor),
    discount_amount_minor: sum((order) => order.discount_amount_minor),
    total_amount_minor: sum((order) => order.total_amount_minor),
  };
}
