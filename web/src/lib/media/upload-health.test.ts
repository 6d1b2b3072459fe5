import { describe, expect, it } from "vitest";
import { judge_upload, type UploadSample } from "./upload-health";

const start: UploadSample = {
  at_ms: 0,
  bytes_sent: 0,
  frames_per_second: 30,
  limited_by: "none",
  round_trip_ms: 40,
  lost_share: 0,
};
const later = (change: Partial<UploadSample>): UploadSample => ({
  ...start,
  at_ms: 2000,
  bytes_sent: 500_000,
  ...change,
});

describe("judge_upload", () => {
  it("reckons the rate between two looks", () => {
    expect(judge_upload(start, later({}), 60_000).kbit_per_s).toBe(2000);
  });

  it.each([
    ["good", {}, /getting through well/],
    ["poor", { bytes_sent: 0 }, /Nothing is getting through/],
    ["poor", { lost_share: 0.2 }, /losing packets/],
    ["fair", { limited_by: "cpu" as const }, /device is busy/],
    ["fair", { limited_by: "bandwidth" as const }, /upload is slow/],
    ["fair", { round_trip_ms: 900 }, /delay/],
    ["fair", { frames_per_second: 5 }, /light/],
  ])("is %s at %j", (level, change, sentence) => {
    const health = judge_upload(start, later(change), 60_000);
    expect(health.level).toBe(level);
    expect(health.sentence).toMatch(sentence);
  });

  it("does not call an upload slow while the browser is still finding out", () => {
    const limited = later({ limited_by: "bandwidth" });
    expect(judge_upload(start, limited, 5_000).level).toBe("good");
    expect(judge_upload(start, limited, 20_000).level).toBe("fair");
  });
});
