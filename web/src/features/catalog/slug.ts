const LENGTH_MAX = 100;

/** "Käthe's Garden & Home" as an address: "kathe-s-garden-home". */
export function slug_of(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LENGTH_MAX)
    .replace(/^-+|-+$/g, "");
}
