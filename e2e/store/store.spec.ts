import { address_at, somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, sizes, test, walk_states } from "../walk.js";
import { picture } from "./picture.js";

test("a new seller opens a store and puts a product on the shelf", async ({ people, consoles }) => {
  const place = somewhere();
  const { page, account } = await people.newcomer("store_owner", { size: "desktop", place });
  const rival = await people.newcomer("store_owner");
  const taken = await rival.account.open_store(place);
  await walk_states(page, consoles, {
    path: "/store",
    api: /\/api\/v1\/stores\/mine/,
    loading: "Loading your store",
    ready: page.getByRole("heading", { name: "You have no store yet" }),
  });
  await look(page, "store-none");
  await page.getByRole("link", { name: "Open a store" }).click();
  await expect(page).toHaveURL("/store/settings");

  const name = page.getByRole("textbox", { name: "Store name" });
  const slug = page.getByRole("textbox", { name: "Address on the web" });
  const open = page.getByRole("button", { name: "Open store" });
  await page.getByRole("textbox", { name: "Delivery fee" }).fill("cheap");
  await open.click();
  await expect(name).toHaveAccessibleDescription("Name your store.");
  await expect(page.getByRole("textbox", { name: "Delivery fee" })).toHaveAccessibleDescription(
    "Enter an amount, like 3.90.",
  );
  await look(page, "store-settings-errors");
  await name.fill("Käthe's Test Store");
  await expect(slug).toHaveValue("kathe-s-test-store");
  await slug.fill(taken.slug);
  await page.getByRole("textbox", { name: "Delivery fee" }).fill("3,90");
  const { street, zip, city, country } = address_at(place);
  await page.getByRole("textbox", { name: "Street and number" }).fill(street);
  await page.getByRole("textbox", { name: "Postcode" }).fill(zip);
  await page.getByRole("textbox", { name: "City" }).fill(city);
  await page.getByRole("textbox", { name: "Country code" }).fill(country);
  await page.getByRole("button", { name: "Use my current location" }).click();
  consoles.announce(/status of 409.*\/stores/);
  await open.click();
  await expect(page.getByRole("alert").first()).toContainText("Another store has this address already");
  await slug.fill(`${taken.slug}-2`);
  await open.click();
  await expect(page).toHaveURL("/store");
  await expect(page.getByRole("heading", { name: "Käthe's Test Store" })).toBeVisible();
  await expect(page.getByText("Waiting for verification")).toBeVisible();
  await look(page, "store-overview");

  const { stores } = await account.get<{ stores: { id: string }[] }>("/stores/mine");
  const store_id = stores[0]?.id ?? "";
  await walk_states(page, consoles, {
    path: "/store/products",
    api: new RegExp(`/api/v1/stores/${store_id}/products`),
    loading: "Loading products",
    ready: page.getByRole("heading", { name: "No products yet" }),
  });
  await look(page, "store-products-empty");
  await page.getByRole("main").getByRole("link", { name: "New product" }).first().click();
  const create = page.getByRole("button", { name: "Create product" });
  await create.click();
  await expect(page.getByRole("textbox", { name: "Product name" })).toHaveAccessibleDescription(
    "Name the product.",
  );
  await expect(page.getByRole("textbox", { name: "Price" })).toHaveAccessibleDescription(
    "Enter a price, like 12.50.",
  );
  await look(page, "store-product-errors");
  await page.getByRole("textbox", { name: "Product name" }).fill("Test jug");
  await page.getByRole("textbox", { name: "Price" }).fill("12.50");
  await page.getByRole("textbox", { name: "In stock" }).fill("7");
  await create.click();
  await expect(page.getByRole("table", { name: "Products" })).toContainText("12.50");
  await look(page, "store-products");

  await page.getByRole("link", { name: "Test jug" }).click();
  await page.getByLabel("Add a picture: file").setInputFiles(picture);
  await expect(page.getByRole("img", { name: "Picture 1" })).toBeVisible();
  await page.getByRole("textbox", { name: "In stock" }).fill("0");
  await look(page, "store-product");
  await page.getByRole("button", { name: "Save product" }).click();
  await expect(page.getByRole("table", { name: "Products" })).toContainText("Sold out");
});

test("orders and balance: loading, failing, empty, and an order that moved meanwhile", async ({
  people,
  consoles,
}) => {
  const place = somewhere();
  const { page, account: seller } = await people.newcomer("store_owner", { size: "desktop" });
  const { account: customer } = await people.newcomer("customer");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Test jug", 5);
  await walk_states(page, consoles, {
    path: "/store/orders",
    api: /\/api\/v1\/stores\/[^/]*\/orders/,
    loading: "Loading orders",
    ready: page.getByRole("heading", { name: "No orders yet" }),
  });
  await look(page, "store-orders-empty");
  await walk_states(page, consoles, {
    path: "/store/balance",
    api: /\/api\/v1\/me\/balance/,
    loading: "Loading the balance",
    ready: page.getByRole("heading", { name: "Nothing earned yet" }),
  });
  await look(page, "store-balance-empty");

  await walk_states(page, consoles, {
    path: "/store",
    api: /\/api\/v1\/stores\/[^/]*\/(orders|products)/,
    loading: "Loading new orders",
    ready: page.getByRole("link", { name: "New orders 0" }),
  });
  await expect(page.getByRole("link", { name: "Products 1" })).toBeVisible();

  await page.setViewportSize(sizes.phone);
  await walk_states(page, consoles, {
    path: "/store/settings",
    api: /\/api\/v1\/stores\/mine/,
    loading: "Loading your store",
    ready: page.getByRole("textbox", { name: "Store name" }),
    failure: "network gone",
  });
  await expect(
    page.getByRole("link", { name: "Store details" }),
    "the row of links shows where one is",
  ).toBeInViewport({ ratio: 1 });

  await page.goto("/store/orders");
  await expect(page.getByRole("heading", { name: "No orders yet" })).toBeVisible();
  const order = await customer.buy(product, place);
  const accept = page.getByRole("button", { name: `Accept order: ${order.order_number}` });
  await expect(accept, "told without asking").toBeVisible();
  await look(page, "store-orders");

  consoles.announce(/status of 409.*\/status/);
  await page.route("**/status", async (route) => {
    await customer.post(`/orders/${order.id}/cancel`);
    await route.continue();
  });
  await accept.click();
  await expect(page.getByText(`${order.order_number} was not moved`, { exact: true })).toBeVisible();
  await expect(accept).toBeHidden();
});

test("the studio: no camera, no title, no products, and then on air", async ({ people, consoles }) => {
  const { page, account: seller } = await people.newcomer("store_owner", { size: "desktop" });
  await seller.open_store(somewhere());
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    let asked = 0;
    mediaDevices.getUserMedia = (constraints) =>
      asked++ === 0 ? Promise.reject(new DOMException("refused", "NotAllowedError")) : open(constraints);
  });
  await walk_states(page, consoles, {
    path: "/store/studio",
    api: /\/api\/v1\/stores\/[^/]*\/streams\?status=live/,
    loading: "Loading the studio",
    ready: page.getByRole("textbox", { name: "Title" }),
  });
  const refused = page.getByRole("alert").filter({ hasText: "not allowed to use the camera" });
  await expect(refused).toBeVisible();
  await expect(page.getByRole("button", { name: "Go live" })).toBeDisabled();
  await look(page, "studio-no-camera");
  await refused.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("Camera preview")).toBeVisible();
  await page.getByRole("button", { name: "Go live" }).click();
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveAccessibleDescription(
    "Give the show a title.",
  );
  await look(page, "studio");
  await page.getByRole("textbox", { name: "Title" }).fill("Test show");
  await page.getByRole("button", { name: "Go live" }).click();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No products yet" })).toBeVisible();
  await look(page, "studio-on-air");
  await page.getByRole("button", { name: "End show" }).click();
  await look(page, "studio-end");
  await page.getByRole("button", { name: "End now" }).click();
  await expect(page.getByRole("button", { name: "Go live" })).toBeVisible();
});
