import { describe, expect, it } from "vitest";
import document from "../../generated/openapi.json";
import { endpoints_by_subject, type ApiDocument, type_words } from "./document";

const api = document as unknown as ApiDocument;

describe("the API's document", () => {
  it("is sorted by subject, and nothing is left out", () => {
    const subjects = endpoints_by_subject(api);
    const count = Object.values(api.paths).reduce((sum, each) => sum + Object.keys(each).length, 0);
    expect([...subjects.values()].flat()).toHaveLength(count);
    expect(subjects.get("orders")?.length).toBeGreaterThan(3);
  });

  it("is found by words in any order", () => {
    const found = [...endpoints_by_subject(api, "order post refund").values()].flat();
    expect(found.map(({ path }) => path)).toContain("/api/v1/orders/{order_id}/refunds");
    expect([...endpoints_by_subject(api, "nothing like this").values()]).toEqual([]);
  });

  it("says types in words", () => {
    expect(type_words({ type: "string", minLength: 1, maxLength: 5 })).toBe("string, 1 to 5 characters");
    expect(type_words({ type: "array", items: { $ref: "#/components/schemas/Order" } })).toBe(
      "list of Order",
    );
    expect(type_words({ type: "string", enum: ["live", "ended"] })).toBe("live | ended");
    expect(type_words({ type: "integer", minimum: 0, maximum: 9 })).toBe("integer, 0 to 9");
  });
});
