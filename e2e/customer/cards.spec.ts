import type { Page } from "@playwright/test";
import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

async function type_card(page: Page, number: string): Promise<void> {
  const card = page.frameLocator('iframe[title="Card details"]');
  await card.getByLabel("Card number").fill(number);
  await card.getByLabel("Expiry date").fill("12 / 34");
  await card.getByLabel("CVC").fill("123");
}

test("saved cards: none, one that is refused, one kept, paid with and removed", async ({
  people,
  consoles,
}) => {
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Test jug", 5);
  const { page, account } = await people.newcomer("customer", { place });
  await walk_states(page, consoles, {
    path: "/account/cards",
    api: /\/api\/v1\/me\/payment-methods$/,
    loading: "Loading your cards",
    ready: page.getByRole("heading", { name: "No saved cards" }),
  });
  await look(page, "cards-empty");
  await page.getByRole("button", { name: "Add a card" }).click();
  const form = page.getByRole("form", { name: "New card" });
  await type_card(page, "4000 0000 0000 0002");
  consoles.announce(/status of 4\d\d.*\/me\/payment-methods/);
  await form.getByRole("button", { name: "Save card" }).click();
  await expect(form.getByRole("alert")).toBeVisible();
  await type_card(page, "4242 4242 4242 4242");
  await form.getByRole("button", { name: "Save card" }).click();
  const card = page.getByRole("list", { name: "Saved cards" }).getByText("Visa ending in 4242");
  await expect(card).toBeVisible();
  await look(page, "cards");

  // The address that is saved is taken as well.
  await account.post("/me/addresses", {
    label: "Home",
    street: "5 Test Lane",
    city: "Testville",
    zip: "12345",
    country: "DE",
    lat: place.lat + 0.01,
    lng: place.lng,
    is_default: true,
  });
  await page.goto(`/products/${product.id}`);
  await page.getByRole("button", { name: "Buy now" }).click();
  await expect(page.getByText("5 Test Lane, 12345 Testville")).toBeVisible();
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("list", { name: "Saved addresses" }).getByRole("button", { name: /^Home/ }).click();
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await expect(page.getByRole("radio", { name: /Visa ending in 4242/ })).toBeChecked();
  await look(page, "payment-saved-card");
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await expect(page.getByRole("heading", { name: "Order placed" })).toBeVisible();

  await page.goto("/account/cards");
  await page.getByRole("button", { name: "Remove Visa ending in 4242" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("heading", { name: "No saved cards" })).toBeVisible();
});

test("a card that is kept while paying, and money given back", async ({ people }) => {
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Test jug", 5);
  const { page, account } = await people.newcomer("customer", { place });
  const order = await account.order(product, place);
  await page.goto(`/orders/${order.id}`);
  await page.getByRole("button", { name: "Pay now" }).click();
  await type_card(page, "4242 4242 4242 4242");
  await page.getByRole("checkbox", { name: /Keep this card/ }).check();
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await expect(page.getByRole("heading", { name: "Order placed" })).toBeVisible();
  const { payment_methods } = await account.get<{ payment_methods: { last4: string }[] }>(
    "/me/payment-methods",
  );
  expect(payment_methods.map(({ last4 }) => last4)).toEqual(["4242"]);

  await seller.prepare(store, order);
  const { account: driver } = await people.newcomer("driver", { place });
  await driver.prove_identity();
  await driver.put("/deliveries/availability", { available: true });
  await driver.put("/deliveries/location", place);
  const { delivery_id } = await account.get<{ delivery_id: string }>(`/orders/${order.id}`);
  await driver.post(`/deliveries/${delivery_id}/accept`);
  await driver.post(`/deliveries/${delivery_id}/pickup`);
  await driver.post(`/deliveries/${delivery_id}/complete`);
  await seller.post(`/orders/${order.id}/refunds`, { amount_minor: 250, note: "A scratch" });
  const refunds = page.getByRole("region", { name: "Refunds" });
  await page.goto(`/orders/${order.id}`);
  await expect(refunds).toContainText("€2.50");
  await expect(refunds).toContainText("A scratch");
  await look(page, "order-refunded-in-part");
});
