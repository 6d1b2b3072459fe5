import type { Page, Route } from "@playwright/test";
import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

/**
 * Public pages come with their data from the server. Asked for a tenant that there is not, the server has none to
 * send, and the browser asks by itself: as when the API was down while the page was made.
 */
async function without_data(page: Page, work: () => Promise<void>): Promise<void> {
  const path = (url: URL) => !url.pathname.startsWith("/api/");
  const ask = (route: Route): Promise<void> =>
    route.request().isNavigationRequest()
      ? route.continue({ headers: { ...route.request().headers(), "x-tenant": "nobody" } })
      : route.fallback();
  await page.route(path, ask);
  await work();
  await page.unroute(path, ask);
}

test("the shop's front: home, search, a product, a store", async ({ people, consoles }) => {
  const page = await people.visitor();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(somewhere());
  const product = await seller.add_product(store, `Test jug ${store.slug}`, 3);

  await without_data(page, async () => {
    await walk_states(page, consoles, {
      path: "/",
      api: /\/api\/v1\/streams\?status=live/,
      loading: "Loading live shows",
      ready: page.getByRole("heading", { name: "Live now" }),
    });
    await walk_states(page, consoles, {
      path: `/products/${product.id}`,
      api: /\/api\/v1\/products\//,
      loading: "Loading the product",
      ready: page.getByRole("heading", { name: product.name }),
    });
    await walk_states(page, consoles, {
      path: `/stores/${store.id}`,
      api: /\/api\/v1\/stores\/[^/]*$/,
      loading: "Loading the store",
      ready: page.getByRole("heading", { name: store.name }),
    });
  });
  await look(page, "store");

  await walk_states(page, consoles, {
    path: "/search",
    api: /\/api\/v1\/products/,
    loading: "Loading products",
    ready: page.getByRole("link", { name: product.name }),
  });
  await look(page, "search");
  const box = page.getByRole("searchbox", { name: "Search products" });
  await box.fill("nothing is called like this");
  await box.press("Enter");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await box.fill(product.name);
  await box.press("Enter");
  await page.getByRole("link", { name: product.name }).click();
  await expect(page).toHaveURL(`/products/${product.id}`);
  await expect(page.getByRole("button", { name: "Buy now" })).toBeEnabled();
  await look(page, "product");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page).toHaveURL(`/sign-in?next=%2Fproducts%2F${product.id}`);

  await page.route(/\/api\/v1\/(streams|products)/, (route) =>
    route.fulfill({ json: route.request().url().includes("streams") ? { streams: [] } : { products: [] } }),
  );
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Nobody is on air right now" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No products yet" })).toBeVisible();
  await look(page, "home-empty");
  await page.unroute(/\/api\/v1\/(streams|products)/);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Wide bowl" })).toBeVisible();
  await look(page, "home");
});

test("addresses that lead nowhere say so", async ({ people, consoles }) => {
  consoles.announce(/status of 404/);
  const page = await people.visitor();
  const nothing = "00000000-0000-4000-8000-000000000000";
  await page.goto("/no/such/page");
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await look(page, "not-found");
  for (const [path, words] of [
    [`/products/${nothing}`, "There is no such product"],
    [`/stores/${nothing}`, "There is no such store"],
    [`/live/${nothing}`, "There is no such stream"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
    await expect(page.getByText(words)).toBeVisible();
  }
  await look(page, "stream-not-found");
});
