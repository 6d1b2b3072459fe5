/**
 * Public pages are cached once for each tenant. Their key is what the API chooses a tenant by: the slug in
 * `X-Tenant`, else the host name. It travels in the internal path `/_t/<key>/…`; the address in the browser stays.
 */
const SLUG = "[a-z0-9-]{1,100}";
const HOST = "[A-Za-z0-9.-]{1,253}";
const KEY = new RegExp(`^(slug|host)\\.(${SLUG}|${HOST})$`);

const PUBLIC_PAGES = ["/", "/stores/:store_id", "/products/:product_id", "/live/:stream_id"];

type Condition = { type: "header"; key: string; value: string };
type Rewrite = { source: string; destination: string; has?: Condition[] };

/** From public addresses to their tenant's own copy, for next.config. The first that fits is taken. */
export function tenant_rewrites(): Rewrite[] {
  const to = (key: string, source: string) => `/_t/${key}${source === "/" ? "" : source}`;
  return PUBLIC_PAGES.flatMap((source) => [
    {
      source,
      has: [{ type: "header", key: "x-tenant", value: `(?<slug>${SLUG})` }],
      destination: to("slug.:slug", source),
    },
    {
      source,
      has: [{ type: "header", key: "host", value: `(?<host>${HOST})(?::\\d+)?` }],
      destination: to("host.:host", source),
    },
    { source, destination: to("none", source) },
  ]);
}

/** The headers by which the API recognises the tenant of a key again. */
export function tenant_headers(key: string): Record<string, string> {
  const [, kind, name] = KEY.exec(key) ?? [];
  if (!kind || !name) return {};
  return kind === "slug" ? { "X-Tenant": name } : { Host: name };
}
