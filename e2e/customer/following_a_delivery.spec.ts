import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

/** A picture of one pixel, PNG. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("a delivery from both sides: offer, note, messages, code, photo, signature, proof, rating", async ({
  people,
  consoles,
}) => {
  test.setTimeout(150_000);
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(place);
  await seller.put(`/stores/${store.id}/delivery-settings`, {
    needs_code: true,
    needs_photo: true,
    needs_signature: true,
  });
  const product = await seller.add_product(store, "Test jug", 5);
  const driver = await people.newcomer("driver", { place });
  await driver.account.prove_identity();
  const customer = await people.newcomer("customer");

  await driver.page.goto("/driver");
  await driver.page.getByRole("switch", { name: "Available for jobs" }).click();
  await expect(driver.page.getByRole("heading", { name: "No jobs nearby right now" })).toBeVisible();
  await driver.account.put("/deliveries/location", place);

  const order = await customer.account.buy(product, place);
  await seller.prepare(store, order);
  const offer = driver.page.getByRole("article", { name: `Offer ${order.order_number}` });
  await expect(offer, "the nearest driver is asked").toBeVisible();
  await expect(offer).toContainText(/Answer within 0:\d\d/);
  await look(driver.page, "driver-offer");
  await offer.getByRole("button", { name: `Accept offer ${order.order_number}` }).click();
  const job = driver.page.getByRole("region", { name: "Active job" });
  await expect(job.getByText("Go to the store")).toBeVisible();

  const { page } = customer;
  await page.goto(`/orders/${order.id}`);
  const code = page.getByRole("status", { name: "Code for the door" });
  await expect(code).toHaveText(/^\d{4}$/);
  await page.getByRole("textbox", { name: "Note for the driver" }).fill("Ring at the gate");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("The driver sees your note", { exact: true })).toBeVisible();
  await expect(job.getByText("Ring at the gate")).toBeVisible();

  await page.getByRole("textbox", { name: "Message to the driver" }).fill("The bell is broken");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(driver.page.getByRole("list", { name: "Messages with the customer" })).toContainText(
    "The bell is broken",
  );
  await driver.page.getByRole("textbox", { name: "Message to the customer" }).fill("Then I knock");
  await driver.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("list", { name: "Messages with the driver" })).toContainText("Then I knock");
  await look(page, "order-under-way");

  await job.getByRole("button", { name: "I am at the store" }).click();
  await job.getByRole("button", { name: "Confirm pick-up" }).click();
  await expect(job.getByText("Go to the customer")).toBeVisible();
  await job.getByRole("button", { name: "Set off" }).click();
  await job.getByRole("button", { name: "I am at the door" }).click();
  const complete = job.getByRole("button", { name: "Complete delivery" });
  await expect(complete).toBeDisabled();
  await job
    .getByLabel("Photo of the parcel")
    .setInputFiles({ name: "door.png", mimeType: "image/png", buffer: pixel });
  await expect(job.getByText("The photo is kept.")).toBeVisible();
  const pad = job.getByRole("img", { name: "Place to sign" });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error("there is no place to sign");
  await driver.page.mouse.move(box.x + 30, box.y + 40);
  await driver.page.mouse.down();
  await driver.page.mouse.move(box.x + 120, box.y + 60, { steps: 5 });
  await driver.page.mouse.up();
  await expect(job.getByRole("img", { name: "Signature" })).toBeVisible();
  const told = await code.textContent();
  const wrong = told === "0000" ? "1111" : "0000";
  consoles.announce(/status of 409.*\/complete/);
  await job.getByRole("textbox", { name: "Code of the customer" }).fill(wrong);
  await complete.click();
  await expect(job.getByRole("alert")).toContainText("That is not the customer's code");
  await look(driver.page, "driver-at-the-door");
  await job.getByRole("textbox", { name: "Code of the customer" }).fill(told ?? "");
  await complete.click();
  await expect(driver.page.getByText("You are available")).toBeVisible();

  const proof = page.getByRole("region", { name: "Proof of delivery" });
  await expect(proof.getByRole("img", { name: "The parcel where it was left" })).toBeVisible();
  await expect(proof.getByRole("img", { name: "Signature" })).toBeVisible();
  await expect(proof).toContainText("The code for the door was given.");
  const rating = page.getByRole("region", { name: "Your rating" });
  await expect(rating.getByRole("button", { name: "Send rating" })).toBeDisabled();
  await rating
    .getByRole("group", { name: /^The driver/ })
    .getByRole("radio", { name: "5 stars" })
    .check({ force: true });
  await rating
    .getByRole("group", { name: /^The store/ })
    .getByRole("radio", { name: "4 stars" })
    .check({ force: true });
  await rating.getByRole("textbox", { name: "About the store" }).fill("Well packed.");
  await look(page, "order-rating");
  await rating.getByRole("button", { name: "Send rating" }).click();
  await expect(rating.getByRole("img", { name: "5 of 5 stars" })).toBeVisible();
  await walk_states(page, consoles, {
    path: `/orders/${order.id}`,
    api: /\/api\/v1\/deliveries\/[^/]*\/proof$/,
    loading: "Loading the proof",
    ready: proof.getByText("The code for the door was given."),
  });
  await look(page, "order-delivered");

  await page.goto(`/stores/${store.id}`);
  await expect(page.getByRole("list", { name: "Reviews" })).toContainText("Well packed.");
  await expect(page.getByRole("region", { name: "Opening hours" })).toBeVisible();
  await look(page, "store-with-reviews");

  await driver.page.goto("/driver/earnings");
  await expect(driver.page.getByRole("table", { name: "Earnings by day" })).toContainText("€");
  await driver.page.getByRole("tab", { name: "By week" }).click();
  await expect(driver.page.getByRole("table", { name: "Earnings by week" })).toContainText("1");
  await look(driver.page, "driver-earnings-by-week");
});

test("a parcel that nobody takes, a declined offer, a job given back", async ({ people }) => {
  test.setTimeout(150_000);
  const place = somewhere();
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(place);
  const product = await seller.add_product(store, "Test jug", 5);
  const driver = await people.newcomer("driver", { place });
  await driver.account.prove_identity();
  const customer = await people.newcomer("customer");
  await driver.page.goto("/driver");
  await driver.page.getByRole("switch", { name: "Available for jobs" }).click();
  await expect(driver.page.getByText("You are available")).toBeVisible();
  await driver.account.put("/deliveries/location", place);

  const order = await customer.account.buy(product, place);
  await seller.prepare(store, order);
  const offer = driver.page.getByRole("article", { name: `Offer ${order.order_number}` });
  await offer.getByRole("button", { name: `Decline offer ${order.order_number}` }).click();
  await expect(offer).toBeHidden();
  // Nobody else is there: it is open to all who look around.
  await driver.page.getByRole("button", { name: `Accept job ${order.order_number}` }).click();
  const job = driver.page.getByRole("region", { name: "Active job" });
  await job.getByRole("button", { name: "Confirm pick-up" }).click();
  await job.getByRole("button", { name: "It cannot be handed over" }).click();
  const failure = driver.page.getByRole("form", { name: "Failure" });
  await failure.getByRole("combobox", { name: "Why" }).selectOption("customer_refused");
  await failure.getByRole("textbox", { name: "What happened" }).fill("Wrong colour");
  await look(driver.page, "driver-failure");
  await failure.getByRole("button", { name: "Report as not delivered" }).click();
  await expect(job.getByText("Bring it back to the store")).toBeVisible();
  await customer.page.goto(`/orders/${order.id}`);
  await expect(customer.page.getByText("The customer did not take it.")).toBeVisible();
  await look(customer.page, "order-not-delivered");
  await job.getByRole("button", { name: "It is back at the store" }).click();
  await expect(driver.page.getByText("You are available")).toBeVisible();

  const second = await customer.account.buy(product, place);
  await seller.prepare(store, second);
  await driver.page.getByRole("button", { name: `Accept offer ${second.order_number}` }).click();
  await job.getByRole("button", { name: "Give the job back" }).click();
  await driver.page.getByRole("button", { name: "Give it back" }).click();
  await expect(driver.page.getByText("You are available")).toBeVisible();
});

test("a driver's payouts: loading, failing, none yet, and the account", async ({ people, consoles }) => {
  const { page } = await people.newcomer("driver");
  await walk_states(page, consoles, {
    path: "/driver/payouts",
    api: /\/api\/v1\/payouts$/,
    loading: "Loading payouts",
    ready: page.getByRole("heading", { name: "No payouts yet" }),
  });
  await expect(page.getByRole("button", { name: "Open a payout account" })).toBeVisible();
  await look(page, "driver-payouts");
  await walk_states(page, consoles, {
    path: "/driver/earnings",
    api: /\/api\/v1\/me\/earnings/,
    loading: "Loading your earnings",
    ready: page.getByRole("heading", { name: "No earnings yet" }),
  });
});
