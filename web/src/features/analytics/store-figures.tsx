"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import type { Store, StoreAnalytics } from "@/lib/api/types";
import { DataTable } from "@/ui/data-table";
import { Field, Select } from "@/ui/field";
import { Loaded } from "@/ui/loaded";
import { format_money, Money } from "@/ui/money";
import { EmptyState } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { every_day, format_share, period_of, periods } from "./figures";

function useStoreAnalytics(store_id: string, days: number) {
  return useQuery({
    queryKey: ["analytics", store_id, days],
    queryFn: () => {
      const params = { path: { store_id }, query: period_of(days, Date.now()) };
      return body_of(api.GET("/api/v1/stores/{store_id}/analytics", { params }));
    },
  });
}

function Fact({ label, value }: { label: string; value: string | number }) {
  return (
    <Card className="flex flex-col-reverse gap-0.5 p-4">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className="font-display text-2xl font-bold tabular-nums">{value}</dd>
    </Card>
  );
}

/** Revenue by day as bars; the numbers themselves stand in the table below for those who cannot see them. */
function RevenueBars({ figures }: { figures: StoreAnalytics }) {
  const days = every_day(figures.days, figures.from, figures.until);
  const most = Math.max(1, ...days.map(({ revenue_minor }) => revenue_minor));
  const total = format_money(figures.totals.revenue_minor, figures.currency);
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Revenue by day</h2>
      <div
        role="img"
        aria-label={`Revenue by day, ${total} in all`}
        className="flex h-40 items-end gap-px sm:gap-1"
      >
        {days.map(({ day, revenue_minor, orders_count }) => (
          <span
            key={day}
            title={`${day}: ${format_money(revenue_minor, figures.currency)}, ${orders_count} orders`}
            className="min-w-0 flex-1 rounded-t-sm bg-accent"
            style={{ height: `${Math.max(revenue_minor === 0 ? 0.5 : 2, (100 * revenue_minor) / most)}%` }}
          />
        ))}
      </div>
      <p className="flex justify-between text-sm text-ink-muted">
        <span>{days[0]?.day}</span>
        <span>{days.at(-1)?.day}</span>
      </p>
    </Card>
  );
}

function Facts({ figures: { totals, currency } }: { figures: StoreAnalytics }) {
  const money = (amount_minor: number) => format_money(amount_minor, currency);
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      <Fact label="Revenue" value={money(totals.revenue_minor)} />
      <Fact label="Orders" value={totals.orders_count} />
      <Fact
        label="An order, on average"
        value={totals.average_order_minor === undefined ? "–" : money(totals.average_order_minor)}
      />
      <Fact label="Refunded" value={money(totals.refunded_minor)} />
      <Fact label="Shows" value={totals.streams_count} />
      <Fact label="Viewers who bought" value={format_share(totals.conversion)} />
    </dl>
  );
}

function Tables({ figures: { products, streams, currency } }: { figures: StoreAnalytics }) {
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      {products.length > 0 && (
        <section className="grid gap-3">
          <h2 className="text-lg">Best products</h2>
          <DataTable
            caption="Best products"
            rows={products}
            row_key={({ product_id }) => product_id}
            columns={[
              {
                heading: "Product",
                cell: ({ product_id, name }) => (
                  <Link href={`/store/products/${product_id}`} className="font-semibold hover:underline">
                    {name}
                  </Link>
                ),
              },
              { heading: "Sold", align: "right", cell: ({ quantity }) => quantity },
              {
                heading: "Revenue",
                align: "right",
                cell: ({ revenue_minor }) => <Money amount_minor={revenue_minor} currency={currency} />,
              },
            ]}
          />
        </section>
      )}
      {streams.length > 0 && (
        <section className="grid gap-3">
          <h2 className="text-lg">Shows</h2>
          <DataTable
            caption="Shows"
            rows={streams}
            row_key={({ stream_id }) => stream_id}
            columns={[
              {
                heading: "Show",
                cell: ({ stream_id, title, started_at }) => (
                  <Link href={`/store/shows/${stream_id}`} className="font-semibold hover:underline">
                    {title}
                    <span className="block text-sm font-normal text-ink-muted">
                      <Moment at={started_at} />
                    </span>
                  </Link>
                ),
              },
              { heading: "Viewers", align: "right", wide_only: true, cell: (row) => row.viewers_count },
              { heading: "Orders", align: "right", cell: (row) => row.orders_count },
              {
                heading: "Bought",
                align: "right",
                wide_only: true,
                cell: (row) => format_share(row.conversion),
              },
              {
                heading: "Revenue",
                align: "right",
                cell: (row) => <Money amount_minor={row.revenue_minor} currency={currency} />,
              },
            ]}
          />
        </section>
      )}
    </div>
  );
}

/** How a store is doing, read from its orders and shows. */
export function StoreFigures({ store }: { store: Store }) {
  const [days, set_days] = useState<number>(30);
  const figures = useStoreAnalytics(store.id, days);
  return (
    <div className="grid gap-5">
      <Field label="Period" className="max-w-48">
        <Select value={days} onChange={(event) => set_days(Number(event.target.value))}>
          {periods.map(([value, words]) => (
            <option key={value} value={value}>
              The last {words}
            </option>
          ))}
        </Select>
      </Field>
      <Loaded query={figures} loading="Loading your figures">
        {(found) =>
          found.totals.orders_count === 0 && found.totals.streams_count === 0 ? (
            <EmptyState icon={ChartColumn} title="Nothing happened in this period">
              Once you sell something or go live, it is counted here.
            </EmptyState>
          ) : (
            <>
              <Facts figures={found} />
              <RevenueBars figures={found} />
              <Tables figures={found} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}
