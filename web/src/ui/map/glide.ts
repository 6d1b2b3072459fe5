import type { Point } from "./schematic-style";

/** Where something is on its way from one fix to the next: `share` from 0 (left) to 1 (there). */
export function between(from: Point, to: Point, share: number): Point {
  const clamped = Math.min(1, Math.max(0, share));
  return { lat: from.lat + (to.lat - from.lat) * clamped, lng: from.lng + (to.lng - from.lng) * clamped };
}

/** Moves a point smoothly: each new fix is reached over `duration_ms` instead of jumped to. */
export class Glide {
  #from: Point;
  #to: Point;
  #started_ms = 0;
  #frame = 0;
  #show: (point: Point) => void;
  #duration_ms: number;

  constructor(start: Point, show: (point: Point) => void, duration_ms = 900) {
    this.#from = start;
    this.#to = start;
    this.#show = show;
    this.#duration_ms = duration_ms;
    show(start);
  }

  move_to(next: Point): void {
    if (next.lat === this.#to.lat && next.lng === this.#to.lng) return;
    this.#from = this.#now();
    this.#to = next;
    this.#started_ms = performance.now();
    cancelAnimationFrame(this.#frame);
    this.#step();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  #now(): Point {
    return between(this.#from, this.#to, (performance.now() - this.#started_ms) / this.#duration_ms);
  }

  #step(): void {
    this.#show(this.#now());
    if (performance.now() - this.#started_ms < this.#duration_ms) {
      this.#frame = requestAnimationFrame(() => this.#step());
    }
  }
}
