import { describe, expect, it } from "vitest";
import { format_minor, format_money, parse_money } from "./money";

describe("money", () => {
  it("knows how many decimals a currency has", () => {
    expect(format_money(123456, "EUR")).toBe("€1,234.56");
    expect(format_money(1234, "JPY")).toBe("¥1,234");
    expect(format_minor(1250, "KWD")).toBe("1.250");
  });

  it("reads what a person types, with either decimal mark, without floating point", () => {
    expect(parse_money("12.5", "EUR")).toBe(1250);
    expect(parse_money("12,05", "EUR")).toBe(1205);
    expect(parse_money(" 8 ", "JPY")).toBe(8);
    expect(parse_money("0.29", "EUR")).toBe(29);
  });

  it.each(["", "-1", "1e3", "1.234", "1.2.3", "12 €", "9999999999"])("refuses %j as euros", (typed) => {
    expect(parse_money(typed, "EUR")).toBeNull();
  });

  it("refuses decimals where the currency has none", () => {
    expect(parse_money("8.5", "JPY")).toBeNull();
  });

  it("shows again what was read", () => {
    expect(parse_money(format_minor(1999, "EUR"), "EUR")).toBe(1999);
  });
});
