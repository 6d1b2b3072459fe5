/** What a run of the demo measured, and what it was to be. */
type Figure = { name: string; value: number; unit: string; limit?: number };

const figures: Figure[] = [];

export function record(name: string, value: number, unit: string, limit?: number): void {
  figures.push({ name, value, unit, ...(limit === undefined ? {} : { limit }) });
  console.log(`      ${describe(figures.at(-1) as Figure)}`);
}

function describe({ name, value, unit, limit }: Figure): string {
  const verdict =
    limit === undefined
      ? ""
      : value < limit
        ? `  (under ${String(limit)}: met)`
        : `  (under ${String(limit)}: MISSED)`;
  return `${name.padEnd(34)} ${value.toFixed(0).padStart(7)} ${unit}${verdict}`;
}

export function print_summary(): void {
  const missed = figures.filter(({ value, limit }) => limit !== undefined && value >= limit);
  console.log(
    `\n  The sale is made. What was measured:\n${figures.map((figure) => `    ${describe(figure)}`).join("\n")}`,
  );
  console.log(
    missed.length === 0 ? "  Every figure is met." : `  MISSED: ${missed.map(({ name }) => name).join(", ")}`,
  );
}

/** The value below which the share lies, of at least one. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error("no values");
  return value;
}
