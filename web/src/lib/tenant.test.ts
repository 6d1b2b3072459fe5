import { describe, expect, it } from "vitest";
import { tenant_headers, tenant_rewrites } from "./tenant";

/** What Next makes of a request: the first rewrite whose header, if it asks for one, fits as a whole. */
function rewritten(source: string, headers: Record<string, string>): string | undefined {
  for (const rewrite of tenant_rewrites().filter((each) => each.source === source)) {
    const [condition] = rewrite.has ?? [];
    if (!condition) return rewrite.destination;
    const match = new RegExp(`^${condition.value}$`).exec(headers[condition.key] ?? "");
    if (match)
      return rewrite.destination.replace(/:(slug|host)\b/, (_, name: string) => match.groups?.[name] ?? "");
  }
}

describe("tenant_rewrites", () => {
  it("takes the slug before the host", () => {
    expect(rewritten("/", { "x-tenant": "demo", host: "shop.example:8080" })).toBe("/_t/slug.demo");
  });

  it("takes the host name without its port", () => {
    expect(rewritten("/live/:stream_id", { host: "shop.example:8080" })).toBe(
      "/_t/host.shop.example/live/:stream_id",
    );
  });

  it.each<Record<string, string>>([{ host: "a/b" }, { host: "[::1]:80" }, {}, { "x-tenant": "../admin" }])(
    "keeps %j out of the path",
    (headers) => {
      expect(rewritten("/", headers)).toBe("/_t/none");
    },
  );
});

describe("tenant_headers", () => {
  it("asks the API for the tenant the key was made of", () => {
    expect(tenant_headers("slug.demo")).toEqual({ "X-Tenant": "demo" });
    expect(tenant_headers("host.shop.example")).toEqual({ Host: "shop.example" });
  });

  it("asks for none with a key from elsewhere", () => {
    expect(tenant_headers("none")).toEqual({});
    expect(tenant_headers("slug.a\r\nX-Evil: 1")).toEqual({});
  });
});
