import type { Page } from "@playwright/test";
import { address_at, type Order, somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, type Person, test, walk_states } from "../walk.js";

const cards = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  asks: "4000 0027 6000 3184",
};

async function type_card(page: Page, number: string): Promise<void> {
  const card = page.frameLocator('iframe[title="Card details"]');
  await card.getByLabel("Card number").fill(number);
  await card.getByLabel("Expiry date").fill("12 / 34");
  await card.getByLabel("CVC").fill("123");
}

async function fill_address(page: Page): Promise<void> {
  const { street, zip, city, country } = address_at({ lat: 0, lng: 0 });
  await page.getByRole("textbox", { name: "Street and number" }).fill(street);
  await page.getByRole("textbox", { name: "Postcode" }).fill(zip);
  await page.getByRole("textbox", { name: "City" }).fill(city);
  await page.getByRole("textbox", { name: "Country code" }).fill(country);
  await page.getByRole("button", { name: "Use my current location" }).click();
}

async function newest_order({ account }: Person): Promise<Order> {
  const { orders } = await account.get<{ orders: Order[] }>("/me/orders");
  const [order] = orders;
  if (!order) throw new Error("there is no order");
  return order;
}

test("paying: the address, a declined card, the bank's question, and paid", async ({ people, consoles }) => {
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Test jug", 5);
  const customer = await people.newcomer("customer", { place });
  const { page } = customer;

  await page.goto(`/products/${product.id}`);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.getByText("Added to your cart", { exact: true })).toBeVisible();
  await page.goto("/cart");
  await page.getByRole("button", { name: "Increase quantity" }).click();
  await expect(page.getByRole("group", { name: "Quantity" }).getByRole("status")).toHaveText("2");
  await look(page, "cart");

  await page.getByRole("link", { name: "Check out" }).click();
  const go_on = page.getByRole("button", { name: "Continue to payment" });
  await go_on.click();
  const street = page.getByRole("textbox", { name: "Street and number" });
  await expect(street).toHaveAccessibleDescription("Enter street and number.");
  await expect(street).toBeFocused();
  await expect(
    page.getByText("Choose the place: use your location, or put the pin on the map."),
  ).toBeVisible();
  await look(page, "checkout-errors");
  await fill_address(page);
  await go_on.click();

  const pay = page.getByRole("button", { name: "Pay €28.00" });
  await pay.click();
  await expect(page.getByRole("alert").filter({ hasText: "Enter your card number." })).toBeVisible();
  await type_card(page, cards.declined);
  await pay.click();
  await expect(page.getByRole("alert").filter({ hasText: /declined/ })).toBeVisible();
  await expect(pay).toBeEnabled();
  await look(page, "payment-declined");

  const bank = page.frameLocator('iframe[title="Confirmation by your bank"]');
  await type_card(page, cards.asks);
  await pay.click();
  await bank.getByRole("button", { name: "Fail authentication" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: /not confirmed|authenticat|declined/i }),
  ).toBeVisible();
  expect((await newest_order(customer)).payment_status).not.toBe("authorized");

  await type_card(page, cards.asks);
  await pay.click();
  await expect(bank.getByRole("button", { name: "Complete authentication" })).toBeVisible();
  await look(page, "payment-bank");
  await bank.getByRole("button", { name: "Complete authentication" }).click();
  await expect(page.getByRole("heading", { name: "Order placed" })).toBeVisible();
  await look(page, "payment-paid");
  const order = await newest_order(customer);
  expect(order.payment_status).toBe("authorized");

  await page.getByRole("link", { name: `Follow order ${order.order_number}` }).click();
  await expect(page.getByRole("list", { name: "Progress" })).toContainText("Placed");
  await seller.prepare(store, order);
  await expect(page.getByRole("status").filter({ hasText: "Looking for a driver" })).toBeVisible();
  await look(page, "order");
  await walk_states(page, consoles, {
    path: `/orders/${order.id}`,
    api: new RegExp(`/api/v1/orders/${order.id}$`),
    loading: "Loading the order",
    ready: page.getByRole("heading", { name: `Order ${order.order_number}` }),
  });
  await walk_states(page, consoles, {
    path: `/orders/${order.id}`,
    api: /\/api\/v1\/deliveries\/[^/]*\/tracking$/,
    loading: "Loading the map",
    ready: page.getByRole("region", { name: "Map of your delivery" }),
    failure: "network gone",
  });
  await page.goto("/orders");
  await expect(page.getByRole("link", { name: order.order_number })).toBeVisible();
  await look(page, "orders");
});

test("the last one: sold to somebody else, given back when one turns away, cancelled later", async ({
  people,
  consoles,
}) => {
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Last jug", 1);
  const customer = await people.newcomer("customer", { place });
  const rival = await people.newcomer("customer");
  const { page } = customer;

  await page.goto(`/products/${product.id}`);
  await page.getByRole("button", { name: "Buy now" }).click();
  const sheet = page.getByRole("dialog", { name: "Buy" });
  await fill_address(page);
  const taken = await rival.account.order(product, place);
  consoles.announce(/status of 409.*\/orders/);
  await sheet.getByRole("button", { name: "Continue to payment" }).click();
  await expect(sheet.getByRole("alert")).toContainText("has just sold out");
  await expect(sheet.getByRole("button", { name: "Sold out" })).toBeDisabled();
  await look(page, "buy-sold-out");

  await rival.account.post(`/orders/${taken.id}/cancel`);
  await page.reload();
  await page.getByRole("button", { name: "Buy now" }).click();
  await fill_address(page);
  await sheet.getByRole("button", { name: "Continue to payment" }).click();
  const pay = page.getByRole("dialog", { name: "Pay" });
  await expect(pay.getByRole("button", { name: /^Pay/ })).toBeEnabled();
  expect((await newest_order(customer)).status).toBe("pending");
  await pay.getByRole("button", { name: "Close" }).click();
  await expect
    .poll(async () => (await newest_order(customer)).status, "the hold is given back")
    .toBe("cancelled");

  const unpaid = await customer.account.order(product, place);
  await page.goto(`/orders/${unpaid.id}`);
  await expect(page.getByText("Waiting for payment")).toBeVisible();
  await page.getByRole("button", { name: "Pay now" }).click();
  await expect(page.frameLocator('iframe[title="Card details"]').getByLabel("Card number")).toBeVisible();
  await look(page, "order-unpaid");
  await page.getByRole("button", { name: "Cancel order" }).click();
  await expect(page.getByText("Order cancelled", { exact: true })).toBeVisible();
  await expect(page.getByText("This order will not be delivered.")).toBeVisible();
});
