import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

interface Deliveries {
  deliveries: { delivery: { id: string } }[];
}

test("an order is opened, prepared, given to a driver by hand, and refunded in part", async ({
  people,
  consoles,
}) => {
  const place = somewhere();
  const { page, account: seller } = await people.newcomer("store_owner", { size: "desktop" });
  const { account: customer } = await people.newcomer("customer");
  const { account: driver } = await people.newcomer("driver");
  const store = await seller.open_store(place);
  await seller.put(`/stores/${store.id}/delivery-settings`, { is_automatic: false });
  const product = await seller.add_product(store, "Test jug", 5);
  const order = await customer.buy(product, place);

  await walk_states(page, consoles, {
    path: `/store/orders/${order.id}`,
    api: new RegExp(`/api/v1/orders/${order.id}$`),
    loading: "Loading the order",
    ready: page.getByRole("heading", { name: order.order_number }),
  });
  await expect(page.getByText("Nothing was given back.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Give money back" })).toBeHidden();
  await look(page, "store-order");
  for (const step of ["Accept order", "Start preparing", "Mark as ready"])
    await page.getByRole("button", { name: step }).click();
  await expect(page.getByRole("button", { name: "Mark as ready" })).toBeHidden();

  await walk_states(page, consoles, {
    path: "/store/deliveries",
    api: /\/api\/v1\/stores\/[^/]*\/deliveries$/,
    loading: "Loading deliveries",
    ready: page.getByRole("article", { name: `Delivery of ${order.order_number}` }),
  });
  await page.getByRole("button", { name: `Choose a driver for ${order.order_number}` }).click();
  await expect(page.getByRole("heading", { name: "No driver is free near you" })).toBeVisible();
  await look(page, "store-deliveries-no-driver");
  await page.getByRole("button", { name: "Close" }).click();

  await driver.prove_identity();
  await driver.put("/deliveries/location", { ...place, accuracy: 5 });
  await driver.put("/deliveries/availability", { available: true });
  await page.reload();
  await page.getByRole("button", { name: `Choose a driver for ${order.order_number}` }).click();
  await page.getByRole("button", { name: `Give it to ${driver.name}` }).click();
  await expect(page.getByRole("article").getByText(driver.name)).toBeVisible();
  await look(page, "store-deliveries");

  const { deliveries } = await seller.get<Deliveries>(`/stores/${store.id}/deliveries`);
  const delivery_id = deliveries[0]?.delivery.id ?? "";
  await driver.post(`/deliveries/${delivery_id}/pickup`);
  await driver.post(`/deliveries/${delivery_id}/complete`);

  await page.goto(`/store/orders/${order.id}`);
  await page.getByRole("button", { name: "Give money back" }).click();
  await page.getByRole("combobox", { name: "What to give back" }).selectOption("amount");
  const amount = page.getByRole("textbox", { name: "Amount" });
  await amount.fill("0");
  const refund = page.getByRole("button", { name: "Refund", exact: true });
  await refund.click();
  await expect(page.getByRole("alert").filter({ hasText: "Enter an amount, like 3.90." })).toBeVisible();
  await look(page, "store-refund");
  await amount.fill("2.50");
  await page.getByRole("textbox", { name: "Note" }).fill("A chip in the glaze");
  await refund.click();
  const refunds = page.getByRole("list", { name: "Refunds" });
  await expect(refunds).toContainText("€2.50");
  await expect(refunds).toContainText("A chip in the glaze");
  await page.goto("/store/orders");
  await expect(page.getByRole("table", { name: "Closed orders" })).toContainText(order.order_number);
});

test("a store cancels an order that nobody has yet", async ({ people }) => {
  const place = somewhere();
  const { page, account: seller } = await people.newcomer("store_owner", { size: "desktop" });
  const { account: customer } = await people.newcomer("customer");
  const store = await seller.open_store(place);
  const order = await customer.buy(await seller.add_product(store, "Test jug", 5), place);
  await page.goto("/store/orders");
  await page.getByRole("button", { name: `Cancel ${order.order_number}` }).click();
  await look(page, "store-order-cancel");
  await page.getByRole("button", { name: "Cancel the order" }).click();
  const closed = page.getByRole("table", { name: "Closed orders" });
  await expect(closed.getByRole("row", { name: order.order_number })).toContainText("Cancelled");
  expect(await customer.get(`/orders/${order.id}`)).toMatchObject({ status: "cancelled" });
});

test("a parcel that was not handed over comes back", async ({ people }) => {
  const place = somewhere();
  const { page, account: seller } = await people.newcomer("store_owner", { size: "desktop" });
  const { account: customer } = await people.newcomer("customer");
  const { account: driver } = await people.newcomer("driver");
  const store = await seller.open_store(place);
  await seller.put(`/stores/${store.id}/delivery-settings`, { is_automatic: false });
  const order = await customer.buy(await seller.add_product(store, "Test jug", 5), place);
  await seller.prepare(store, order);
  await driver.prove_identity();
  await driver.put("/deliveries/location", { ...place, accuracy: 5 });
  await driver.put("/deliveries/availability", { available: true });
  await page.goto("/store/deliveries");
  await page.getByRole("button", { name: `Choose a driver for ${order.order_number}` }).click();
  await page.getByRole("button", { name: `Give it to ${driver.name}` }).click();
  await expect(page.getByRole("article").getByText(driver.name)).toBeVisible();
  const { deliveries } = await seller.get<Deliveries>(`/stores/${store.id}/deliveries`);
  const delivery_id = deliveries[0]?.delivery.id ?? "";
  await driver.post(`/deliveries/${delivery_id}/pickup`);
  await driver.post(`/deliveries/${delivery_id}/fail`, { reason: "customer_absent" });
  await page.reload();
  await expect(page.getByText("Nobody was there.")).toBeVisible();
  await look(page, "store-delivery-failed");
  await page.getByRole("button", { name: `${order.order_number} is back` }).click();
  await expect(page.getByText("Back at your store")).toBeVisible();
});
