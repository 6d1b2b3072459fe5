import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("the API shown to a person: loading, failing, found by words", async ({ people, consoles }) => {
  const page = await people.visitor({ size: "desktop" });
  const find = page.getByRole("searchbox", { name: "Find" });
  await walk_states(page, consoles, {
    path: "/api/docs",
    api: /\/api\/openapi\.json$/,
    loading: "Loading the API",
    ready: find,
    failure: "network gone",
  });
  await look(page, "api-docs");
  await find.fill("post /orders refunds");
  await expect(page.getByRole("heading", { level: 2 })).toHaveCount(1);
  const endpoint = page.locator("summary").filter({ hasText: "/api/v1/orders/{order_id}/refunds" });
  await endpoint.click();
  await expect(page.getByText("checkout.refund_too_large")).toBeVisible();
  await look(page, "api-docs-endpoint");
  await find.fill("there is no such thing");
  await expect(page.getByRole("heading", { name: "No endpoint like this" })).toBeVisible();
});
