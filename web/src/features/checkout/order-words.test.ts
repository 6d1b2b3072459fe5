import { describe, expect, it } from "vitest";
import {
  is_closed,
  is_payable,
  order_words,
  store_may_cancel,
  store_step,
  waits_for_capture,
} from "./order-words";

describe("a pending order", () => {
  it("waits for the customer until it is paid, then for the store", () => {
    const unpaid = { status: "pending", payment_status: "pending" } as const;
    expect(order_words(unpaid).label).toBe("Waiting for payment");
    expect(store_step(unpaid)).toBeUndefined();

    const paid = { status: "pending", payment_status: "authorized" } as const;
    expect(order_words(paid).label).toBe("Placed");
    expect(store_step(paid)?.next).toBe("confirmed");
  });

  it("can be paid again after a declined card, and not after it was paid", () => {
    expect(is_payable({ status: "pending", payment_status: "failed" })).toBe(true);
    expect(is_payable({ status: "pending", payment_status: "authorized" })).toBe(false);
    expect(is_payable({ status: "cancelled", payment_status: "pending" })).toBe(false);
  });
});

it("leads a paid order step by step to the driver", () => {
  const labels = (["pending", "confirmed", "preparing", "ready", "delivered"] as const).map(
    (status) => store_step({ status, payment_status: "authorized" })?.label,
  );
  expect(labels).toEqual(["Accept order", "Start preparing", "Mark as ready", undefined, undefined]);
});

it("is the store's to cancel until a driver has it, and closed at its end", () => {
  const may = (["pending", "ready", "picked_up", "delivered", "cancelled"] as const).map((status) => [
    store_may_cancel({ status }),
    is_closed({ status }),
  ]);
  expect(may).toEqual([
    [true, false],
    [true, false],
    [false, false],
    [false, true],
    [false, true],
  ]);
});

it("waits for its money only while a driver has it and nothing was taken", () => {
  expect(waits_for_capture({ status: "picked_up", payment_status: "authorized" })).toBe(true);
  expect(waits_for_capture({ status: "ready", payment_status: "authorized" })).toBe(false);
  expect(waits_for_capture({ status: "delivered", payment_status: "captured" })).toBe(false);
});
