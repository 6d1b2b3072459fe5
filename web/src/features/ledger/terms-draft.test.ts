import { describe, expect, it } from "vitest";
import { parse_percent, terms_of, type TermsDraft } from "./terms-draft";

const draft: TermsDraft = {
  commission_percent: "12,5",
  driver_percent: "80",
  delivery_fee_model: "distance",
  base: "2.00",
  per_km: "0.55",
};

describe("terms as typed", () => {
  it("become basis points and minor units", () => {
    expect(terms_of(draft, "EUR")).toEqual({
      ok: {
        commission_rate_bp: 1250,
        driver_share_bp: 8000,
        delivery_fee_model: "distance",
        delivery_base_minor: 200,
        delivery_per_km_minor: 55,
      },
    });
  });

  it("are refused beyond their bounds, in words", () => {
    expect(terms_of({ ...draft, commission_percent: "50.01" }, "EUR")).toHaveProperty("fault");
    expect(terms_of({ ...draft, driver_percent: "101" }, "EUR")).toHaveProperty("fault");
    expect(terms_of({ ...draft, per_km: "some" }, "EUR")).toHaveProperty("fault");
    expect(parse_percent("-1", 10000)).toBeNull();
    expect(parse_percent("0", 10000)).toBe(0);
  });
});
