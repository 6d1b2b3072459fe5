import { demo_password } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

const berlin = { lat: 52.52, lng: 13.405 };

/** A picture of one pixel, PNG. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("a profile: picture, phone, and how the pages look", async ({ people }) => {
  const { page } = await people.newcomer("customer");
  await page.goto("/account");
  await page
    .getByLabel("Picture file")
    .setInputFiles({ name: "me.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
  await expect(page.getByText("Choose a JPEG, PNG or WebP picture.", { exact: true })).toBeVisible();
  await page
    .getByLabel("Picture file")
    .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: pixel });
  await expect(page.getByText("Picture saved", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove picture" })).toBeVisible();

  const phone = page.getByRole("textbox", { name: "Phone" });
  await phone.fill("12");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(phone).toHaveAccessibleDescription(/with its country code/);
  await phone.fill("+49 170 1234567");
  await page.getByRole("combobox", { name: "Look of the pages" }).selectOption("dark");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("Profile saved", { exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("list", { name: "How we reach you" })).toContainText("+491701234567");
  await expect(page.getByRole("button", { name: "Confirm phone" })).toBeVisible();
  await look(page, "account-profile");
});

test("addresses: none, the first, another default, and removing", async ({ people, consoles }) => {
  const { page } = await people.newcomer("customer", { place: berlin });
  await walk_states(page, consoles, {
    path: "/account/addresses",
    api: /\/api\/v1\/me\/addresses$/,
    loading: "Loading your addresses",
    ready: page.getByRole("heading", { name: "No addresses yet" }),
  });
  await look(page, "addresses-empty");
  for (const label of ["Home", "Work"]) {
    await page.getByRole("button", { name: "Add an address" }).click();
    const form = page.getByRole("form", { name: "Address" });
    await form.getByRole("button", { name: "Save address" }).click();
    await expect(form.getByRole("textbox", { name: "City" })).toHaveAccessibleDescription("Enter the city.");
    await form.getByRole("textbox", { name: "Name of the address" }).fill(label);
    await form.getByRole("textbox", { name: "Street and number" }).fill("5 Test Lane");
    await form.getByRole("textbox", { name: "Postcode" }).fill("10115");
    await form.getByRole("textbox", { name: "City" }).fill("Berlin");
    await form.getByRole("textbox", { name: "Country code" }).fill("DE");
    await form.getByRole("button", { name: "Use my current location" }).click();
    await form.getByRole("button", { name: "Save address" }).click();
    await expect(page.getByRole("heading", { name: new RegExp(`^${label}`) })).toBeVisible();
  }
  await expect(page.getByRole("heading", { name: "Home Default" })).toBeVisible();
  await page.getByRole("button", { name: "Make Work the default" }).click();
  await expect(page.getByRole("heading", { name: "Work Default" })).toBeVisible();
  await look(page, "addresses");
  await page.getByRole("button", { name: "Remove Work" }).click();
  await expect(page.getByRole("heading", { name: "Home Default" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Work/ })).toBeHidden();
});

test("security: devices, the password, and leaving for good", async ({ people, consoles }) => {
  const { page, account } = await people.newcomer("customer");
  await page.goto("/account/security");
  await expect(page.getByRole("list", { name: "Devices" }).getByText("This device")).toBeVisible();

  consoles.announce(/status of 403.*\/me\/password/);
  const form = page.getByRole("form", { name: "Password" });
  await form.getByLabel("Current password").fill("not the password");
  await form.getByLabel("New password").fill("another password");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(form.getByRole("alert")).toContainText("This is not your password");
  await form.getByLabel("Current password").fill(demo_password);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed", { exact: true })).toBeVisible();
  await look(page, "account-security");

  await page.getByRole("button", { name: "Delete my account" }).click();
  const leaving = page.getByRole("form", { name: "Delete account" });
  await leaving.getByLabel("Your password").fill("another password");
  await look(page, "account-delete");
  await leaving.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("Your account is deleted", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  // The test's browser says on every page that it is signed in.
  consoles.announce(/status of 401.*\/auth\/(login|refresh)/);
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "Email" }).fill(account.email);
  await page.getByLabel("Password").fill("another password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).toHaveText("The e-mail address or the password is wrong.");
});

test("a forgotten password: the same words for everybody, and a wrong code", async ({ people, consoles }) => {
  const page = await people.visitor();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgotten your password?" }).click();
  await page.getByRole("textbox", { name: "Email" }).fill("nobody@walk.example");
  await page.getByRole("button", { name: "Send the code" }).click();
  await expect(page.getByText("If there is an account with your address")).toBeVisible();
  await look(page, "reset-password");
  consoles.announce(/status of 422.*\/auth\/reset-password/);
  await page.getByRole("textbox", { name: "Code" }).fill("ABCD-1234");
  await page.getByRole("textbox", { name: "New password" }).fill("another password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert").first()).toContainText(
    "The code is wrong, was used already or has expired",
  );
});

test("a driver's papers, and an admin who looks for the driver", async ({ people, consoles }) => {
  const { page, account } = await people.newcomer("driver");
  await page.goto("/account/verification");
  await expect(page.getByRole("button", { name: "Hand in" })).toBeDisabled();
  for (const words of ["Identity card or passport, front", "Driving licence"]) {
    await page
      .getByLabel(`Picture: ${words}`)
      .setInputFiles({ name: "paper.png", mimeType: "image/png", buffer: pixel });
    await expect(page.getByRole("button", { name: `Replace: ${words}` })).toBeVisible();
  }
  await expect(page.getByText("Confirm your email address first")).toBeVisible();
  await look(page, "verification");

  const admin = await people.demo("admin", { size: "desktop" });
  await admin.page.goto("/admin/kyc");
  await expect(admin.page.getByRole("heading", { name: "Identity papers" })).toBeVisible();
  await admin.page.goto("/admin/users");
  await admin.page.getByRole("searchbox", { name: "Search" }).fill(account.email);
  const found = admin.page.getByRole("button", { name: new RegExp(account.email) });
  await found.click();
  const sheet = admin.page.getByRole("dialog", { name: account.name });
  await expect(sheet.getByRole("button", { name: "Suspend" })).toBeDisabled();
  await sheet.getByRole("textbox", { name: "Reason for suspending" }).fill("A walk of the tests.");
  await sheet.getByRole("button", { name: "Suspend" }).click();
  await expect(sheet.getByRole("button", { name: "Let in again" })).toBeVisible();
  await expect(sheet.getByRole("list", { name: "Decisions" })).toContainText("A walk of the tests.");
  await look(admin.page, "admin-user");

  consoles.announce(/status of 401/);
  await page.goto("/account/addresses");
  await expect(page, "signed out at once").toHaveURL(/\/sign-in/);
});
