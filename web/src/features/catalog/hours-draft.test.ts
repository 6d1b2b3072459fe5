import { describe, expect, it } from "vitest";
import type { OpeningHours } from "@/lib/api/types";
import { hours_of, with_day, with_holiday } from "./hours-draft";

const all: OpeningHours[] = [
  { weekday: "tuesday", opens: "14:00", closes: "18:00" },
  { weekday: "tuesday", opens: "09:00", closes: "12:00" },
  { weekday: "monday", opens: "09:00", closes: "12:00" },
];

describe("opening hours", () => {
  it("of a day stand in its order", () => {
    expect(hours_of(all, "tuesday").map(({ opens }) => opens)).toEqual(["09:00", "14:00"]);
    expect(hours_of(all, "sunday")).toEqual([]);
  });

  it("of one day are exchanged and the rest stays, in the order of the week", () => {
    const changed = with_day(all, "tuesday", [{ weekday: "tuesday", opens: "10:00", closes: "11:00" }]);
    expect(changed.map(({ weekday, opens }) => `${weekday} ${opens}`)).toEqual([
      "monday 09:00",
      "tuesday 10:00",
    ]);
  });

  it("a holiday stands once, by date", () => {
    const once = with_holiday([{ date: "2031-12-26" }], { date: "2031-12-25" });
    expect(with_holiday(once, { date: "2031-12-26", name: "Feast" })).toEqual([
      { date: "2031-12-25" },
      { date: "2031-12-26", name: "Feast" },
    ]);
  });
});
