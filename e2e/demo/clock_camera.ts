import type { Page } from "@playwright/test";

/**
 * A camera whose picture is a clock that a program can read: 40 black or white squares, of which 32 are the
 * milliseconds of the wall clock and 8 a checksum. They are large enough to survive the video codec.
 */
export const clock_layout = { width: 1280, height: 720, columns: 10, rows: 4, cell: 64, left: 320, top: 96 };
export type ClockLayout = typeof clock_layout;

/** Makes the page's camera show the clock over a moving picture; the microphone stays the browser's own. */
export async function install_clock_camera(page: Page): Promise<void> {
  await page.addInitScript((layout: ClockLayout) => {
    const checksum = (value: number): number =>
      ((value >>> 24) ^ (value >>> 16) ^ (value >>> 8) ^ value ^ 0x5a) & 0xff;

    const draw = (context: CanvasRenderingContext2D): void => {
      const now_ms = Date.now() >>> 0;
      const hue = (now_ms / 40) % 360;
      context.fillStyle = `hsl(${String(hue)} 45% 42%)`;
      context.fillRect(0, 0, layout.width, layout.height);
      context.fillStyle = "rgb(255 255 255 / 35%)";
      const x = layout.width * (0.5 + 0.4 * Math.sin(now_ms / 700));
      context.beginPath();
      context.arc(x, layout.height - 170, 90, 0, 2 * Math.PI);
      context.fill();
      for (let bit = 0; bit < layout.columns * layout.rows; bit++) {
        const set = bit < 32 ? (now_ms >>> bit) & 1 : (checksum(now_ms) >>> (bit - 32)) & 1;
        context.fillStyle = set ? "#fff" : "#000";
        const column = bit % layout.columns;
        const row = Math.floor(bit / layout.columns);
        context.fillRect(
          layout.left + column * layout.cell,
          layout.top + row * layout.cell,
          layout.cell,
          layout.cell,
        );
      }
    };

    const device = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await device(constraints);
      if (!constraints?.video) return stream;
      const canvas = Object.assign(document.createElement("canvas"), {
        width: layout.width,
        height: layout.height,
      });
      const context = canvas.getContext("2d", { alpha: false });
      const track = canvas.captureStream(30).getVideoTracks()[0];
      if (!context || !track) throw new Error("the clock camera has no picture");
      const timer = setInterval(() => {
        if (track.readyState === "ended") clearInterval(timer);
        draw(context);
      }, 1000 / 30);
      for (const replaced of stream.getVideoTracks()) {
        stream.removeTrack(replaced);
        replaced.stop();
      }
      stream.addTrack(track);
      return stream;
    };
  }, clock_layout);
}

export type Reading = { latency_ms: number; frame_height: number };

/** Reads the clock from `count` presented frames of the page's video: how old is what is seen? */
export function read_latency(page: Page, count: number, limit_ms: number): Promise<Reading[]> {
  return page.evaluate(
    ([layout, wanted, limit]) =>
      new Promise<Reading[]>((resolve) => {
        const video = document.querySelector("video");
        const context = Object.assign(document.createElement("canvas"), {
          width: layout.width,
          height: layout.height,
        }).getContext("2d", { willReadFrequently: true });
        if (!video || !context) throw new Error("no video to read");
        const readings: Reading[] = [];
        const ends_at = performance.now() + limit;

        const read = (): number | undefined => {
          const { left, top, columns, rows, cell } = layout;
          context.drawImage(video, 0, 0, layout.width, layout.height);
          const pixels = context.getImageData(left, top, columns * cell, rows * cell).data;
          let value = 0;
          let sum = 0;
          for (let bit = 0; bit < columns * rows; bit++) {
            const x = (bit % columns) * cell + cell / 2;
            const y = Math.floor(bit / columns) * cell + cell / 2;
            const set = (pixels[(y * columns * cell + x) * 4 + 1] ?? 0) > 127 ? 1 : 0;
            if (bit < 32) value |= set << bit;
            else sum |= set << (bit - 32);
          }
          value >>>= 0;
          const expected = ((value >>> 24) ^ (value >>> 16) ^ (value >>> 8) ^ value ^ 0x5a) & 0xff;
          return sum === expected ? value : undefined;
        };

        const on_frame = (): void => {
          const shown_ms = Date.now() >>> 0;
          const value = read();
          if (value !== undefined)
            readings.push({ latency_ms: (shown_ms - value) | 0, frame_height: video.videoHeight });
          if (readings.length >= wanted || performance.now() > ends_at) resolve(readings);
          else video.requestVideoFrameCallback(on_frame);
        };
        video.requestVideoFrameCallback(on_frame);
        setTimeout(() => {
          resolve(readings);
        }, limit + 1000);
      }),
    [clock_layout, count, limit_ms] as const,
  );
}
