import { somewhere } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";
import { picture } from "./picture.js";

interface Details {
  time_zone: string;
  delivery_radius_m?: number;
  preparation_time_s: number;
  opening_hours: { weekday: string; opens: string; closes: string }[];
  logo_url?: string;
  is_active: boolean;
}

test("a store's hours, radius, pictures, drivers and terms", async ({ people, consoles }) => {
  const { page, account } = await people.newcomer("store_owner", { size: "desktop" });
  const store = await account.open_store(somewhere());
  const stored = () => account.get<Details>(`/stores/${store.id}`);
  await walk_states(page, consoles, {
    path: "/store/settings",
    api: /\/api\/v1\/stores\/[^/]*\/terms/,
    loading: "Loading your terms",
    ready: page.getByText("of what is sold"),
  });
  const hours = page.getByRole("form", { name: "Opening hours" });
  await expect(hours.getByText("customers may order at any time")).toBeVisible();
  await hours.getByRole("combobox", { name: "Time zone" }).selectOption("Europe/Berlin");
  await hours.getByRole("button", { name: "Add hours on Monday" }).click();
  await hours.getByLabel("Monday closes").fill("20:30");
  await hours.getByRole("button", { name: "Save opening hours" }).click();
  await expect(page.getByText("Opening hours are saved", { exact: true })).toBeVisible();

  const service = page.getByRole("form", { name: "Delivery and tax" });
  const radius = service.getByRole("textbox", { name: "Delivery radius" });
  await radius.fill("far");
  await service.getByRole("button", { name: "Save delivery and tax" }).click();
  await expect(radius).toHaveAccessibleDescription("Enter kilometres, like 7.5, or nothing for anywhere.");
  await radius.fill("7,5");
  await service.getByRole("textbox", { name: "Preparation time" }).fill("20");
  await service.getByRole("button", { name: "Save delivery and tax" }).click();
  await expect(page.getByText("Delivery and tax are saved", { exact: true })).toBeVisible();

  await page.getByLabel("Add a logo: file").setInputFiles(picture);
  await expect(page.getByRole("button", { name: "Change the logo", exact: true })).toBeVisible();

  const drivers = page.getByRole("form", { name: "Drivers" });
  await drivers.getByRole("checkbox", { name: "The four digits that the customer sees" }).check();
  await drivers.getByRole("button", { name: "Save driver settings" }).click();
  await expect(page.getByText("Driver settings are saved", { exact: true })).toBeVisible();
  await look(page, "store-settings");

  expect(await stored()).toMatchObject({
    time_zone: "Europe/Berlin",
    delivery_radius_m: 7500,
    preparation_time_s: 1200,
    opening_hours: [{ weekday: "monday", opens: "09:00", closes: "20:30" }],
    is_active: true,
  });
  expect((await stored()).logo_url).toBeTruthy();
  expect(await account.get(`/stores/${store.id}/delivery-settings`)).toMatchObject({ needs_code: true });

  await page.getByRole("button", { name: "Pause the store" }).click();
  await expect(page.getByRole("heading", { name: "Your store is paused" })).toBeVisible();
  expect((await stored()).is_active).toBe(false);
});

test("a store's team: invited, joined by the link, removed", async ({ people, consoles }) => {
  const owner = await people.newcomer("store_owner", { size: "desktop" });
  const helper = await people.newcomer("customer");
  const store = await owner.account.open_store(somewhere());
  const { page } = owner;
  await walk_states(page, consoles, {
    path: "/store/team",
    api: /\/api\/v1\/stores\/[^/]*\/staff/,
    loading: "Loading your team",
    ready: page.getByRole("heading", { name: "You work alone" }),
  });
  await look(page, "store-team-empty");
  await page.getByRole("textbox", { name: "Email of whom you invite" }).fill(helper.account.email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const link = page.getByRole("textbox", { name: "Invitation link" });
  await expect(link).toHaveValue(/\/staff-invitation#code=/);
  await look(page, "store-team-invited");

  const stranger = await people.newcomer("customer");
  consoles.announce(/status of 403.*\/accept/);
  await stranger.page.goto(await link.inputValue());
  await stranger.page.getByRole("button", { name: "Join the team" }).click();
  await expect(stranger.page.getByRole("alert").filter({ hasText: /invit/i })).toBeVisible();

  await helper.page.goto(await link.inputValue());
  await expect(helper.page.getByRole("button", { name: "Join the team" })).toBeVisible();
  await look(helper.page, "staff-invitation");
  await helper.page.getByRole("button", { name: "Join the team" }).click();
  await expect(helper.page).toHaveURL("/store");
  await expect(helper.page.getByRole("heading", { name: store.name })).toBeVisible();
  await helper.page.goto("/store/team");
  await expect(helper.page.getByText("Only the store’s owner decides who works here.")).toBeVisible();

  await page.reload();
  await expect(page.getByRole("table", { name: "Team" })).toContainText(helper.account.name);
  await page.getByRole("button", { name: `Remove ${helper.account.name}` }).click();
  await page.getByRole("button", { name: "Remove from the team" }).click();
  await expect(page.getByRole("heading", { name: "You work alone" })).toBeVisible();
});

test("reviews and payouts of a store that has none yet", async ({ people, consoles }) => {
  const { page, account } = await people.newcomer("store_owner", { size: "desktop" });
  const store = await account.open_store(somewhere());
  await walk_states(page, consoles, {
    path: "/store/reviews",
    api: /\/api\/v1\/stores\/[^/]*\/reviews/,
    loading: "Loading reviews",
    ready: page.getByRole("heading", { name: "No reviews yet" }),
  });
  await look(page, "store-reviews-empty");
  await walk_states(page, consoles, {
    path: "/store/payouts",
    api: /\/api\/v1\/payouts$/,
    loading: "Loading payouts",
    ready: page.getByRole("heading", { name: "No payouts yet" }),
  });
  await page.getByRole("combobox", { name: "How often" }).selectOption("weekly");
  await page.getByRole("combobox", { name: "On" }).selectOption("friday");
  await page.getByRole("button", { name: "Save payout schedule" }).click();
  await expect(page.getByText("The payout schedule is saved", { exact: true })).toBeVisible();
  await look(page, "store-payouts-empty");
  expect(await account.get(`/me/payout-account?store_id=${store.id}`)).toMatchObject({
    settings: { schedule: "weekly", weekday: "friday" },
  });
});

test("a store's figures: loading, failing, none yet, and a sale", async ({ people, consoles }) => {
  const place = somewhere();
  const { page, account: seller } = await people.newcomer("store_owner", { size: "desktop" });
  const { account: customer } = await people.newcomer("customer");
  const store = await seller.open_store(place);
  await walk_states(page, consoles, {
    path: "/store/figures",
    api: /\/api\/v1\/stores\/[^/]*\/analytics/,
    loading: "Loading your figures",
    ready: page.getByRole("heading", { name: "Nothing happened in this period" }),
  });
  await look(page, "store-figures-empty");
  await customer.buy(await seller.add_product(store, "Test jug", 5), place);
  await page.getByRole("combobox", { name: "Period" }).selectOption("The last 7 days");
  await expect(page.getByRole("table", { name: "Best products" })).toContainText("Test jug");
  await expect(page.getByRole("img", { name: /Revenue by day, €12.50 in all/ })).toBeVisible();
  await look(page, "store-figures");
});
