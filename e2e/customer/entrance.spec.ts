import { demo_password } from "../accounts.js";
import { look } from "../look.js";
import { expect, test } from "../walk.js";

test("signing in: what is missing, what is wrong, and where one wanted to go", async ({
  people,
  consoles,
}) => {
  const page = await people.visitor();
  const { account } = await people.newcomer("customer");
  const refreshes: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/auth/refresh")) refreshes.push(request.url());
  });

  await page.goto("/orders");
  await expect(page).toHaveURL("/sign-in?next=%2Forders");
  expect(refreshes, "a visitor has no session to ask for").toEqual([]);

  const email = page.getByRole("textbox", { name: "Email" });
  const password = page.getByLabel("Password");
  const sign_in = page.getByRole("button", { name: "Sign in" });
  await sign_in.click();
  await expect(email).toHaveAccessibleDescription("Enter an email address, like name@example.com.");
  await expect(email).toBeFocused();
  await expect(password).toHaveAccessibleDescription("Enter your password.");
  await look(page, "sign-in-errors");

  consoles.announce(/status of 401.*\/auth\/login/);
  await email.fill(account.email);
  await password.fill("not the password");
  await sign_in.click();
  await expect(page.getByRole("alert").first()).toHaveText("The e-mail address or the password is wrong.");

  consoles.announce(/ERR_INTERNET_DISCONNECTED/);
  await page.route("**/auth/login", (route) => route.abort("internetdisconnected"));
  await sign_in.click();
  await expect(page.getByRole("alert").first()).toContainText("LiveShop cannot be reached");
  await page.unroute("**/auth/login");

  await password.fill(demo_password);
  await sign_in.click();
  await expect(page).toHaveURL("/orders");
  await expect(page.getByRole("heading", { name: "No orders yet" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "No orders yet" }), "signed in still").toBeVisible();
  expect(refreshes.length, "by its cookie").toBe(1);

  await page.getByRole("button", { name: `Account of ${account.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page).toHaveURL("/");
  await page.goto("/cart");
  await expect(page).toHaveURL("/sign-in?next=%2Fcart");
});

test("registering: every field says what it needs, and an address is used once", async ({
  people,
  consoles,
}) => {
  const page = await people.visitor();
  const { account } = await people.newcomer("customer");
  await page.goto("/sign-in?next=/cart");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page).toHaveURL("/register?next=%2Fcart");
  const create = page.getByRole("button", { name: "Create account" });
  const email = page.getByRole("textbox", { name: "Email" });
  await create.click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription("Enter your name.");
  await expect(email).toHaveAccessibleDescription(/Enter an email address/);
  await page.getByLabel("Password").fill("short");
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Use at least 10 characters.");
  await look(page, "register-errors");

  consoles.announce(/status of 409.*\/auth\/register/);
  await page.getByRole("textbox", { name: "Name" }).fill("Somebody New");
  await email.fill(account.email);
  await page.getByLabel("Password").fill(demo_password);
  await create.click();
  await expect(page.getByRole("alert").first()).toContainText(
    "There is an account with this address already",
  );
  await email.fill(`new-${account.email}`);
  await create.click();
  await expect(page).toHaveURL("/cart");
  await expect(page.getByRole("heading", { name: "Your cart is empty" })).toBeVisible();
});
