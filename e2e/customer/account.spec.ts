import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("a new customer's own pages: loading, failing, empty", async ({ people, consoles }) => {
  const { page, account } = await people.newcomer("customer");
  await walk_states(page, consoles, {
    path: "/cart",
    api: /\/api\/v1\/cart$/,
    loading: "Loading the cart",
    ready: page.getByRole("heading", { name: "Your cart is empty" }),
    failure: "network gone",
  });
  await look(page, "cart-empty");
  await walk_states(page, consoles, {
    path: "/orders",
    api: /\/api\/v1\/me\/orders/,
    loading: "Loading your orders",
    ready: page.getByRole("heading", { name: "No orders yet" }),
  });
  await look(page, "orders-empty");
  await walk_states(page, consoles, {
    path: "/checkout",
    api: /\/api\/v1\/cart$/,
    loading: "Loading",
    ready: page.getByRole("heading", { name: "There is nothing to pay for" }),
  });
  await look(page, "checkout-empty");

  consoles.announce(/status of 404.*\/orders\//);
  await page.goto("/orders/00000000-0000-4000-8000-000000000000");
  await expect(page.getByText("There is no such order.")).toBeVisible();

  const name = page.getByRole("textbox", { name: "Name" });
  await walk_states(page, consoles, {
    path: "/account",
    api: /\/api\/v1\/auth\/refresh$/,
    loading: "Loading",
    ready: name,
    failure: "network gone",
  });
  await expect(name).toHaveValue(account.name);
  await name.fill(" ");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(name).toHaveAccessibleDescription("Enter your name.");
  await name.fill("Somebody Renamed");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("Profile saved", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Account of Somebody Renamed" })).toBeVisible();
  await look(page, "profile");
});

test("a customer has no way into other people's areas", async ({ people }) => {
  const { page } = await people.newcomer("customer");
  for (const area of ["/store", "/store/products", "/driver", "/admin"]) {
    await page.goto(area);
    await expect(page.getByRole("heading", { name: "This area is for others" })).toBeVisible();
    await expect(page.getByRole("navigation"), `navigation of ${area}`).toHaveCount(0);
  }
  await look(page, "refused");
  await page.getByRole("link", { name: "Go to your own area" }).click();
  await expect(page).toHaveURL("/");
});
