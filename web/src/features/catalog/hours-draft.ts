import { weekdays } from "@/lib/weekdays";
import type { Holiday, OpeningHours, Weekday } from "@/lib/api/types";

export const usual_hours: Omit<OpeningHours, "weekday"> = { opens: "09:00", closes: "18:00" };

/** The hours of one day, in the order of the day. */
export function hours_of(all: readonly OpeningHours[], weekday: Weekday): OpeningHours[] {
  return all.filter((each) => each.weekday === weekday).sort((a, b) => a.opens.localeCompare(b.opens));
}

/** All hours with one day's exchanged, in the order of the week. */
export function with_day(
  all: readonly OpeningHours[],
  weekday: Weekday,
  day: readonly OpeningHours[],
): OpeningHours[] {
  return weekdays.flatMap((each) => (each === weekday ? [...day] : hours_of(all, each)));
}

/** All holidays with one more, by date; a date that is there already is exchanged. */
export function with_holiday(all: readonly Holiday[], holiday: Holiday): Holiday[] {
  return [...all.filter(({ date }) => date !== holiday.date), holiday].sort((a, b) =>
    a.date.localeCompare(b.date),
  );
}
