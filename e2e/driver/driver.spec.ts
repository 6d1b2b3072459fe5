import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("a new driver's pages: loading, failing, empty", async ({ people, consoles }) => {
  const { page, account } = await people.newcomer("driver", { place: somewhere() });
  await account.prove_identity();
  await walk_states(page, consoles, {
    path: "/driver",
    api: /\/api\/v1\/deliveries$/,
    loading: "Loading your jobs",
    ready: page.getByText("You are off duty"),
  });
  await look(page, "driver-off-duty");
  await page.getByRole("switch", { name: "Available for jobs" }).click();
  await expect(page.getByRole("heading", { name: "No jobs nearby right now" })).toBeVisible();
  await look(page, "driver-no-jobs");
  // That they are available is remembered over a reload.
  await walk_states(page, consoles, {
    path: "/driver",
    api: /\/api\/v1\/deliveries\/nearby/,
    loading: "Looking for jobs nearby",
    ready: page.getByRole("heading", { name: "No jobs nearby right now" }),
  });

  await walk_states(page, consoles, {
    path: "/driver/earnings",
    api: /\/api\/v1\/me\/balance/,
    loading: "Loading the balance",
    ready: page.getByRole("heading", { name: "Nothing earned yet" }),
  });
  await look(page, "driver-earnings-empty");
  await walk_states(page, consoles, {
    path: "/driver/history",
    api: /\/api\/v1\/deliveries$/,
    loading: "Loading your deliveries",
    ready: page.getByRole("heading", { name: "No deliveries finished yet" }),
  });
  await look(page, "driver-history-empty");
});

test("a driver who is not verified is shown the way, and then drives", async ({ people }) => {
  const { page, account } = await people.newcomer("driver", { place: somewhere() });
  await page.goto("/driver");
  await expect(page.getByRole("heading", { name: "Verify your identity first" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Hand in your documents" })).toBeVisible();
  await look(page, "driver-not-verified");
  const refused = await account.send("PUT", "/deliveries/availability", { available: true });
  expect(await refused.json()).toMatchObject({ code: "delivery.driver_not_verified" });
  await account.prove_identity();
  await page.reload();
  await page.getByRole("switch", { name: "Available for jobs" }).click();
  await expect(page.getByText("You are available")).toBeVisible();
});

test("a driver whose position is refused", async ({ people }) => {
  const { page, account } = await people.newcomer("driver");
  await account.prove_identity();
  await page.goto("/driver");
  await page.getByRole("switch", { name: "Available for jobs" }).click();
  await expect(page.getByText("Location is blocked.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Where are you?" })).toBeVisible();
  await look(page, "driver-no-position");
});

test("a job: taken by somebody else, then one that is offered, from the store to the door", async ({
  people,
  consoles,
}) => {
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const { account: customer } = await people.newcomer("customer");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Test jug", 5);
  // First this store's jobs are open to all who look around.
  await seller.put(`/stores/${store.id}/delivery-settings`, { is_automatic: false });
  const { page, account: driver } = await people.newcomer("driver", { place });
  const { account: rival } = await people.newcomer("driver");
  await driver.prove_identity();
  await rival.prove_identity();

  await page.goto("/driver");
  await page.getByRole("switch", { name: "Available for jobs" }).click();
  await expect(page.getByRole("heading", { name: "No jobs nearby right now" })).toBeVisible();
  await driver.put("/deliveries/location", place);
  const order = await customer.buy(product, place);
  await seller.prepare(store, order);
  const accept = page.getByRole("button", { name: `Accept job ${order.order_number}` });
  await expect(accept, "told without asking").toBeVisible();
  await look(page, "driver-jobs");

  consoles.announce(/status of 409.*\/accept/);
  await page.route("**/accept", async (route) => {
    const [, delivery_id = ""] = /deliveries\/([^/]*)\/accept/.exec(route.request().url()) ?? [];
    await rival.post(`/deliveries/${delivery_id}/accept`);
    await route.continue();
  });
  await accept.click();
  await expect(page.getByRole("alert").filter({ hasText: "This job was taken or withdrawn" })).toBeVisible();
  await expect(accept).toBeHidden();
  await page.unroute("**/accept");

  // From now on they are offered to the nearest driver.
  await seller.put(`/stores/${store.id}/delivery-settings`, { is_automatic: true, offer_ttl_s: 60 });
  const second = await customer.buy(product, place);
  await seller.prepare(store, second);
  const offer = page.getByRole("button", { name: `Accept offer ${second.order_number}` });
  await expect(offer, "offered without asking").toBeVisible({ timeout: 30_000 });
  await look(page, "driver-offer");
  await offer.click();
  const job = page.getByRole("region", { name: "Active job" });
  await expect(job.getByText("Go to the store")).toBeVisible();
  await look(page, "driver-active");
  consoles.announce(/status of 500.*\/pickup/);
  await page.route("**/pickup", (route) => route.fulfill({ status: 500, body: "" }));
  await job.getByRole("button", { name: "Confirm pick-up" }).click();
  await expect(job.getByRole("alert")).toHaveText("Something went wrong on our side. Try again in a moment.");
  await page.unroute("**/pickup");
  await job.getByRole("button", { name: "Confirm pick-up" }).click();
  await job.getByRole("textbox", { name: "Note on the delivery" }).fill("Left with a neighbour");
  await job.getByRole("button", { name: "Complete delivery" }).click();
  await expect(page.getByText("You are available")).toBeVisible();

  await page.goto("/driver/history");
  await expect(page.getByRole("table", { name: "Finished deliveries" })).toContainText(second.order_number);
  await look(page, "driver-history");
  await page.goto("/driver/earnings");
  await expect(page.getByText("€3.00").first()).toBeVisible();
  await look(page, "driver-earnings");
});
