import { describe, expect, it } from "vitest";
import { tenant_headers, tenant_key } from "./tenant";

describe("tenant_key", () => {
  it("takes the slug before the host", () => {
    expect(tenant_key("demo", "shop.example:8080")).toBe("slug.demo");
  });

  it("takes the host name without its port, in small letters", () => {
    expect(tenant_key(null, "Shop.Example:8080")).toBe("host.shop.example");
  });

  it.each([
    ["../admin", null],
    [null, "a/b"],
    [null, null],
    ["x".repeat(101), null],
  ])("keeps %j, %j out of the path", (slug, host) => {
    expect(tenant_key(slug, host)).toBe("none");
  });
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
