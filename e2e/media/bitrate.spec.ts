import { expect, test } from "@playwright/test";
import { MediaServer } from "./harness.js";
import { inbound, outbound, publish, watch } from "./in_page.js";

const duration_s = Number(process.env["BITRATE_SECONDS"] ?? 20);

for (const codec of ["VP8", "H264"] as const) {
  test(`${codec}: with 720p of noise the bitrate reaches its target within 10 s`, async ({ context }) => {
    test.setTimeout((duration_s + 60) * 1000);
    const server = new MediaServer();
    await server.start();
    const open = async () => {
      const page = await context.newPage();
      await page.goto(server.url);
      return page;
    };
    const publisher = await open();
    const room = `noise-${codec}`;
    await publisher.evaluate(publish, {
      grant: server.grant({ room, action: "publish" }),
      room,
      codec,
      noise: true,
    });
    const viewer = await open();
    await viewer.evaluate(watch, { grant: server.grant({ room, action: "view" }), room });

    const series = [await publisher.evaluate(outbound)];
    console.log(`${codec}  s  sent  target  available kbit/s  size  fps  limited by`);
    for (let second = 1; second <= duration_s; ++second) {
      await publisher.waitForTimeout(1000);
      const before = series[series.length - 1];
      const now = await publisher.evaluate(outbound);
      series.push(now);
      const sent = before ? Math.round(((now.bytes - before.bytes) * 8) / (now.at_ms - before.at_ms)) : 0;
      console.log(
        [codec, second, sent, now.target_kbps, now.available_kbps, now.size, now.fps, now.limited_by].join(
          "  ",
        ),
      );
    }
    console.log(
      "viewer",
      JSON.stringify(await viewer.evaluate(inbound)),
      JSON.stringify(await server.statistics()),
    );
    const settled = series.slice(10);
    const first = settled[0];
    const last = settled[settled.length - 1];
    if (first === undefined || last === undefined) throw new Error("no samples");
    const sent_kbps = ((last.bytes - first.bytes) * 8) / (last.at_ms - first.at_ms);
    const target_kbps = settled.reduce((sum, sample) => sum + sample.target_kbps, 0) / settled.length;
    console.log(
      `${codec}: after 10 s sent ${Math.round(sent_kbps)} of a target of ${Math.round(target_kbps)} kbit/s`,
    );
    expect(sent_kbps).toBeGreaterThan(0.9 * target_kbps);
    expect(target_kbps).toBeGreaterThan(2000);
    await server.stop();
  });
}
