import { somewhere, type Stream } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("an admin rejects a store, verifies it after all, and gives it terms of its own", async ({ people }) => {
  const { page } = await people.demo("admin", { size: "desktop" });
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(somewhere());
  const standing = () => seller.get<{ verification_status: string }>(`/stores/${store.id}`);
  await page.goto("/admin/stores");
  await page.getByRole("button", { name: store.name }).click();
  await expect(page.getByRole("form", { name: "Terms" })).toBeVisible();
  await look(page, "admin-store");
  await page.getByRole("textbox", { name: "Commission" }).fill("60");
  await page.getByRole("button", { name: "Save terms" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "from 0 to 50" })).toBeVisible();
  await page.getByRole("textbox", { name: "Commission" }).fill("7.5");
  await page.getByRole("button", { name: "Save terms" }).click();
  await expect(page.getByText("This store has terms of its own", { exact: true })).toBeVisible();
  expect(await seller.get(`/stores/${store.id}/terms`)).toMatchObject({ commission_rate_bp: 750 });

  await page.getByRole("textbox", { name: "Reason for rejecting" }).fill("The address does not exist");
  await page.getByRole("button", { name: "Reject this store" }).click();
  await expect(page.getByText("Rejected: The address does not exist")).toBeVisible();
  expect(await standing()).toMatchObject({ verification_status: "rejected" });
  await page.getByRole("button", { name: "Verify this store" }).click();
  await expect(page.getByRole("button", { name: "Verify this store" })).toBeHidden();
  expect(await standing()).toMatchObject({ verification_status: "verified" });
});

test("an admin stops a show and decides on a report", async ({ people, consoles }) => {
  const { page } = await people.demo("admin", { size: "desktop" });
  const { account: seller } = await people.newcomer("store_owner");
  const { account: viewer } = await people.newcomer("customer");
  const store = await seller.open_store(somewhere());
  const title = `Test show of ${store.name}`;
  const stream = await seller.post<Stream>("/streams", { store_id: store.id, title });
  await seller.post(`/streams/${stream.id}/start`);
  const message = await viewer.post<{ id: string }>(`/streams/${stream.id}/chat`, {
    content: `rude ${title}`,
  });
  await seller.post("/reports", {
    kind: "message",
    stream_id: stream.id,
    message_id: message.id,
    reason: "abuse",
    note: `Seen in ${title}`,
  });

  await walk_states(page, consoles, {
    path: "/admin/reports",
    api: /\/api\/v1\/admin\/reports/,
    loading: "Loading reports",
    ready: page.getByRole("list", { name: "Reports" }),
  });
  const report = page.getByRole("listitem").filter({ hasText: `Seen in ${title}` });
  await expect(report).toContainText(`rude ${title}`);
  await look(page, "admin-reports");
  await report.getByRole("button", { name: "Decide" }).click();
  await page.getByRole("combobox", { name: "What to do" }).selectOption("message_deleted");
  await look(page, "admin-report");
  await page.getByRole("dialog").getByRole("button", { name: "Decide" }).click();
  await expect(page.getByText("The report is resolved", { exact: true })).toBeVisible();
  const { messages } = await viewer.get<{ messages: { id: string }[] }>(`/streams/${stream.id}/chat`);
  expect(messages.map(({ id }) => id)).not.toContain(message.id);

  await walk_states(page, consoles, {
    path: "/admin/streams",
    api: /\/api\/v1\/admin\/streams/,
    loading: "Loading streams",
    ready: page.getByRole("table", { name: "Streams" }),
  });
  await page.getByRole("searchbox", { name: "Search" }).fill(title);
  await page.getByRole("button", { name: `Stop ${title}` }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("Not what it says");
  await look(page, "admin-stream-stop");
  await page.getByRole("button", { name: "Stop this stream" }).click();
  await expect(page.getByText(`${title} is stopped`, { exact: true })).toBeVisible();
  expect(await seller.get(`/streams/${stream.id}`)).toMatchObject({ status: "ended" });
  expect(await seller.get(`/streams/${stream.id}/summary`)).toMatchObject({
    stop_reason: "Not what it says",
  });
});

test("payouts, messages sent and settings: loading, failing, working", async ({ people, consoles }) => {
  const { page, account } = await people.demo("admin", { size: "desktop" });
  await walk_states(page, consoles, {
    path: "/admin/payouts",
    api: /\/api\/v1\/admin\/payouts/,
    loading: "Loading payouts",
    ready: page.getByRole("combobox", { name: "State" }),
  });
  await page.route("**/api/v1/admin/payouts", (route) => route.fulfill({ json: { payouts: [] } }));
  await page.reload();
  await expect(page.getByRole("heading", { name: "No payouts" })).toBeVisible();
  await look(page, "admin-payouts-empty");
  await page.getByRole("button", { name: "Pay out now" }).click();
  await look(page, "admin-payouts-run");
  await page.getByRole("button", { name: "Back" }).click();

  await walk_states(page, consoles, {
    path: "/admin/sends",
    api: /\/api\/v1\/admin\/notification-sends/,
    loading: "Loading messages sent",
    ready: page.getByRole("combobox", { name: "State" }),
  });
  await look(page, "admin-sends");

  await walk_states(page, consoles, {
    path: "/admin/settings",
    api: /\/api\/v1\/admin\/delivery-settings/,
    loading: "Loading driver settings",
    ready: page.getByRole("form", { name: "Drivers" }),
  });
  await expect(page.getByRole("form", { name: "Muted words" })).toBeVisible();
  await look(page, "admin-settings");
  const before = await account.get<{ words: string[] }>("/admin/muted-words");
  const words = page.getByRole("textbox", { name: "Muted words" });
  await words.fill("x");
  await page.getByRole("button", { name: "Save words" }).click();
  await expect(words).toHaveAccessibleDescription(/2 to 50 characters/);
  await words.fill("a muted phrase");
  await page.getByRole("button", { name: "Save words" }).click();
  await expect(page.getByText("The words are saved", { exact: true })).toBeVisible();
  expect(await account.get("/admin/muted-words")).toEqual({ words: ["a muted phrase"] });
  await account.put("/admin/muted-words", before);
});

test("people and papers: loading, failing, found and not found", async ({ people, consoles }) => {
  const { page } = await people.demo("admin", { size: "desktop" });
  const { account: somebody } = await people.newcomer("customer");
  await walk_states(page, consoles, {
    path: "/admin/users",
    api: /\/api\/v1\/admin\/users/,
    loading: "Loading people",
    ready: page.getByRole("table", { name: "People" }),
  });
  const search = page.getByRole("searchbox", { name: "Search" });
  await search.fill(somebody.email);
  await page.getByRole("button", { name: somebody.name }).click();
  await expect(page.getByRole("heading", { name: "Decisions" })).toBeVisible();
  await look(page, "admin-user");
  await page.getByRole("textbox", { name: "Reason for suspending" }).fill("For a test");
  await page.getByRole("button", { name: "Suspend", exact: true }).click();
  await expect(page.getByRole("button", { name: "Let in again" })).toBeVisible();
  const locked_out = await somebody.send("POST", "/auth/login", {
    email: somebody.email,
    password: "liveshop-demo",
  });
  expect(locked_out.ok()).toBe(false);
  await page.getByRole("button", { name: "Let in again" }).click();
  await expect(page.getByRole("form", { name: "Suspend" })).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await search.fill("nobody at all");
  await expect(page.getByRole("heading", { name: "Nobody found" })).toBeVisible();

  await walk_states(page, consoles, {
    path: "/admin/kyc",
    api: /\/api\/v1\/admin\/kyc\?/,
    loading: "Loading papers",
    ready: page.getByRole("tab", { name: "Waiting" }),
  });
  await look(page, "admin-papers");
});
