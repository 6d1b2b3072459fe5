/**
 * Public pages are cached once for each tenant. Their key is what the API chooses a tenant by: the slug in
 * `X-Tenant`, else the host name. It travels in the internal path `/_t/<key>/…`.
 */
const KEY = /^(?:slug\.[a-z0-9-]{1,100}|host\.[a-z0-9.-]{1,253})$/;
const NONE = "none";

export function tenant_key(x_tenant: string | null, host: string | null): string {
  const name = host?.toLowerCase().replace(/:\d+$/, "") ?? "";
  const key = x_tenant ? `slug.${x_tenant}` : `host.${name}`;
  return KEY.test(key) ? key : NONE;
}

/** The headers by which the API recognises that tenant again. */
export function tenant_headers(key: string): Record<string, string> {
  if (!KEY.test(key)) return {};
  const name = key.slice("slug.".length);
  return key.startsWith("slug.") ? { "X-Tenant": name } : { Host: name };
}
