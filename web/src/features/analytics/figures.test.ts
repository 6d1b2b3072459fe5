import { describe, expect, it } from "vitest";
import { every_day, format_share, period_of } from "./figures";

const sale = { day: "2031-05-03", orders_count: 2, revenue_minor: 900, refunded_minor: 0, viewers_count: 4 };

describe("a store's figures", () => {
  it("have a day for each day, also without a sale", () => {
    const days = every_day([sale], "2031-05-02T10:00:00Z", "2031-05-04T10:00:00Z");
    expect(days.map(({ day, orders_count }) => [day, orders_count])).toEqual([
      ["2031-05-02", 0],
      ["2031-05-03", 2],
      ["2031-05-04", 0],
    ]);
  });

  it("say nothing where there is nothing to divide by", () => {
    expect(format_share(undefined)).toBe("–");
    expect(format_share(0.125)).toBe("12.5 %");
  });

  it("ask for the same within a minute", () => {
    const asked = period_of(7, Date.parse("2031-05-08T10:00:20Z"));
    expect(asked).toEqual(period_of(7, Date.parse("2031-05-08T10:00:50Z")));
    expect(asked.from).toBe("2031-05-01T10:01:00.000Z");
  });
});
