import { expect, it } from "vitest";
import { format_duration, format_eta } from "./time";

it("writes durations as a clock", () => {
  expect(format_duration(247)).toBe("4:07");
  expect(format_duration(3753.9)).toBe("1:02:33");
  expect(format_duration(-3)).toBe("0:00");
});

it("rounds an arrival to minutes and never promises none", () => {
  expect(format_eta(4)).toBe("about 1 min");
  expect(format_eta(12 * 60 + 10)).toBe("about 12 min");
  expect(format_eta(95 * 60)).toBe("about 1 h 35 min");
});
