import type { AnalyticsDay } from "@/lib/api/types";

const DAY_MS = 86_400_000;

/** Every day from the first to the last, those on which nothing happened, too. */
export function every_day(days: readonly AnalyticsDay[], from: string, until: string): AnalyticsDay[] {
  const known = new Map(days.map((each) => [each.day, each]));
  const filled: AnalyticsDay[] = [];
  const last_ms = Date.parse(`${until.slice(0, 10)}T00:00:00Z`);
  for (let at = Date.parse(`${from.slice(0, 10)}T00:00:00Z`); at <= last_ms; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const nothing = { day, orders_count: 0, revenue_minor: 0, refunded_minor: 0, viewers_count: 0 };
    filled.push(known.get(day) ?? nothing);
  }
  return filled;
}

/** "12.5 %" of 0.125; a dash where there is nothing to divide by. */
export function format_share(share: number | undefined): string {
  return share === undefined ? "–" : `${(share * 100).toFixed(1)} %`;
}

export const periods = [
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
] as const;

/** The last so many days, to the minute, so that asking again within it asks for the same. */
export function period_of(days: number, now_ms: number): { from: string; until: string } {
  const until_ms = Math.ceil(now_ms / 60_000) * 60_000;
  return { from: new Date(until_ms - days * DAY_MS).toISOString(), until: new Date(until_ms).toISOString() };
}
