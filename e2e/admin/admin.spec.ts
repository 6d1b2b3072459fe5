import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("the admin's lists of tenants and stores", async ({ people, consoles }) => {
  const { page } = await people.demo("admin", { size: "desktop" });
  await walk_states(page, consoles, {
    path: "/admin",
    api: /\/api\/v1\/admin\/tenants/,
    loading: "Loading tenants",
    ready: page.getByRole("table", { name: "Tenants" }).getByText("LiveShop Demo"),
    failure: 503,
  });
  await look(page, "admin-tenants");
  await walk_states(page, consoles, {
    path: "/admin/stores",
    api: /\/api\/v1\/admin\/stores/,
    loading: "Loading stores",
    ready: page.getByRole("table", { name: "Stores" }).getByText("Demo Ceramics"),
  });
  await look(page, "admin-stores");

  for (const [path, list, words] of [
    ["/admin", "tenants", "No tenants"],
    ["/admin/stores", "stores", "No stores"],
  ] as const) {
    await page.route(`**/api/v1/admin/${list}`, (route) => route.fulfill({ json: { [list]: [] } }));
    await page.goto(path);
    await expect(page.getByRole("heading", { name: words })).toBeVisible();
  }
});

test("an admin's area is closed to a seller, a seller's to an admin", async ({ people }) => {
  const seller = await people.newcomer("store_owner");
  await seller.page.goto("/admin");
  await expect(seller.page.getByRole("heading", { name: "This area is for others" })).toBeVisible();
  const admin = await people.demo("admin");
  await admin.page.goto("/store");
  await expect(admin.page.getByRole("heading", { name: "This area is for others" })).toBeVisible();
  await expect(admin.page.getByRole("navigation")).toHaveCount(0);
});
