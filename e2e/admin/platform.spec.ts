import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("an admin finds an order by its number", async ({ people, consoles }) => {
  const place = somewhere();
  const { page } = await people.demo("admin", { size: "desktop" });
  const { account: seller } = await people.newcomer("store_owner");
  const { account: customer } = await people.newcomer("customer");
  const store = await seller.open_store(place);
  const order = await customer.buy(await seller.add_product(store, "Test jug", 5), place);
  const orders = page.getByRole("table", { name: "Orders" });
  await walk_states(page, consoles, {
    path: "/admin/orders",
    api: /\/api\/v1\/admin\/orders/,
    loading: "Loading orders",
    ready: orders,
  });
  await page.getByRole("searchbox", { name: "Order number" }).fill(order.order_number);
  await expect(orders.getByRole("row")).toHaveCount(2);
  await expect(orders).toContainText(store.name);
  await look(page, "admin-orders");
  await page.getByRole("combobox", { name: "State" }).selectOption("Delivered");
  await expect(page.getByRole("heading", { name: "No orders found" })).toBeVisible();
});

test("the platform's health and its work", async ({ people, consoles }) => {
  const { page } = await people.demo("admin", { size: "desktop" });
  await walk_states(page, consoles, {
    path: "/admin/jobs",
    api: /\/api\/v1\/admin\/health/,
    loading: "Loading the platform’s health",
    ready: page.getByText("Work is being done"),
  });
  await page.getByRole("combobox", { name: "State" }).selectOption("Done");
  await expect(page.getByRole("table", { name: "Jobs" })).toBeVisible();
  await look(page, "admin-jobs");
});
