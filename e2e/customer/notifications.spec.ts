import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("notifications: told at once, leading to their page, marked as read", async ({ people, consoles }) => {
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Test jug", 5);
  const { page, account } = await people.newcomer("customer");
  await walk_states(page, consoles, {
    path: "/notifications",
    api: /\/api\/v1\/me\/notifications\?limit=30/,
    loading: "Loading your notifications",
    ready: page.getByRole("link", { name: "Choose what you are told" }),
  });
  const order = await account.buy(product, place);
  await seller.prepare(store, order);
  const told = page
    .getByRole("list", { name: "Notifications" })
    .getByRole("link")
    .filter({ hasText: order.order_number })
    .first();
  await expect(told, "told without asking").toContainText("Unread:");
  await expect(page.getByRole("link", { name: /^Notifications, \d+ unread$/ })).toBeVisible();
  await look(page, "notifications");
  await told.click();
  await expect(page).toHaveURL(new RegExp(`/orders/${order.id}$`));
  await page.goto("/notifications");
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByText("Unread:")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
});

test("what one is told of, and when one is not", async ({ people, consoles }) => {
  const { page } = await people.newcomer("customer");
  const shows = page.getByRole("checkbox").and(page.locator(":enabled")).first();
  await walk_states(page, consoles, {
    path: "/notifications/preferences",
    api: /\/api\/v1\/me\/notification-preferences$/,
    loading: "Loading your preferences",
    ready: shows,
  });
  const before = await shows.isChecked();
  await shows.click();
  await expect(shows).toBeChecked({ checked: !before });
  await page.reload();
  await expect(shows).toBeChecked({ checked: !before });
  await page.getByLabel("From").fill("23:00");
  await page.getByRole("button", { name: "Save quiet hours" }).click();
  await expect(page.getByText("Quiet hours saved", { exact: true })).toBeVisible();
  await look(page, "notification-preferences");
  await page.getByRole("button", { name: "No quiet hours" }).click();
  await expect(page.getByRole("button", { name: "No quiet hours" })).toBeHidden();
});
