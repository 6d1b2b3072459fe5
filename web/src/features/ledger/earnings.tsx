"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { DataTable } from "@/ui/data-table";
import { Loaded } from "@/ui/loaded";
import { Money } from "@/ui/money";
import { EmptyState } from "@/ui/states";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/ui/tabs";

type EarningsPeriod = "day" | "week";

/** What was earned, by days or weeks of the reader's own time zone, the last one first. */
function useEarnings(by: EarningsPeriod) {
  return useQuery({
    queryKey: ["earnings", by],
    queryFn: async () => {
      const { timeZone: time_zone } = Intl.DateTimeFormat().resolvedOptions();
      return (await body_of(api.GET("/api/v1/me/earnings", { params: { query: { by, time_zone } } })))
        .periods;
    },
    placeholderData: (before) => before,
  });
}

const tabs: Record<EarningsPeriod, { label: string; heading: string }> = {
  day: { label: "By day", heading: "Day" },
  week: { label: "By week", heading: "Week from" },
};
const periods = Object.keys(tabs) as EarningsPeriod[];

/** "2026-11-22" as a day, whatever zone the browser is in. */
const day_of = (date: string) =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString("en", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
  });

function EarningsTable({ by }: { by: EarningsPeriod }) {
  const earnings = useEarnings(by);
  return (
    <Loaded query={earnings} loading="Loading your earnings" className="h-40">
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={ChartColumn} title="No earnings yet">
            What you earn is added up here.
          </EmptyState>
        ) : (
          <DataTable
            caption={`Earnings ${tabs[by].label.toLowerCase()}`}
            rows={rows}
            row_key={({ begins_on, currency }) => `${begins_on} ${currency}`}
            columns={[
              { heading: tabs[by].heading, cell: ({ begins_on }) => day_of(begins_on) },
              { heading: "Deliveries", align: "right", cell: ({ count }) => count },
              {
                heading: "Earned",
                align: "right",
                cell: ({ amount_minor, currency }) => (
                  <Money amount_minor={amount_minor} currency={currency} />
                ),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}

/** What was earned, day by day or week by week. */
export function EarningsList() {
  const [by, set_by] = useState<EarningsPeriod>("day");
  return (
    <Tabs value={by} onValueChange={(next) => set_by(next as EarningsPeriod)}>
      <TabsList aria-label="Earnings">
        {periods.map((period) => (
          <TabsTrigger key={period} value={period}>
            {tabs[period].label}
          </TabsTrigger>
        ))}
      </TabsList>
      {periods.map((period) => (
        <TabsContent key={period} value={period}>
          <EarningsTable by={period} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
