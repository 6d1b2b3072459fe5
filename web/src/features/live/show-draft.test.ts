import { describe, expect, it } from "vitest";
import type { Stream } from "@/lib/api/types";
import { change_show_input, local_of, plan_input, show_draft, show_schema } from "./show-draft";

const stream = {
  id: "s1",
  title: "Morning",
  status: "scheduled",
  type: "private",
  scheduled_at: "2031-05-04T16:30:00Z",
  settings: {
    chat_enabled: true,
    reactions_enabled: false,
    requests_enabled: true,
    slow_mode_s: 10,
    recording_enabled: false,
  },
} as Stream;

describe("the form of a show", () => {
  it("sends back what it was given", () => {
    expect(change_show_input(show_draft(stream), stream)).toEqual({
      title: "Morning",
      description: "",
      type: "private",
      scheduled_at: "2031-05-04T16:30:00.000Z",
      settings: stream.settings,
    });
  });

  it("leaves alone when and for whom it is, once it is live", () => {
    const live = { ...stream, status: "live" } as Stream;
    expect(Object.keys(change_show_input(show_draft(live), live))).toEqual([
      "title",
      "description",
      "settings",
    ]);
  });

  it("plans a show without a date and without an empty description", () => {
    const draft = { ...show_draft(null), title: "Soon" };
    expect(plan_input(draft, "st")).not.toHaveProperty("scheduled_at");
    expect(plan_input(draft, "st")).not.toHaveProperty("description");
  });

  it("shows a moment by the reader's clock, to the minute", () => {
    expect(local_of(new Date(2031, 4, 4, 8, 5, 59))).toBe("2031-05-04T08:05");
  });

  it("names its faults", () => {
    const draft = { ...show_draft(null), slow_mode_s: "301" };
    const faults = show_schema.safeParse(draft).error?.issues.map(({ path }) => path.join("."));
    expect(faults).toEqual(["title", "slow_mode_s"]);
  });
});
