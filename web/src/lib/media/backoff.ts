const FIRST_MS = 250;
const CEILING_MS = 8000;

/** How long to wait before attempt `attempt` (from 0), in milliseconds: doubling, capped, with half of it jitter. */
export function backoff_ms(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(CEILING_MS, FIRST_MS * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}
