// The sandbox as Stripe's own client library sees it. Started by sandbox_test with the sandbox's address and keys.
import assert from "node:assert/strict";
import { Agent, createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

const require = createRequire(new URL("../../../../e2e/package.json", import.meta.url));
const Stripe = require("stripe");

const { SANDBOX_PORT, SECRET_KEY, PUBLISHABLE_KEY, WEBHOOK_PORT, WEBHOOK_SECRET } = process.env;
const httpAgent = new Agent({ keepAlive: true });
const address = {
  host: "127.0.0.1",
  port: Number(SANDBOX_PORT),
  protocol: "http",
  maxNetworkRetries: 0,
  httpAgent,
};
const stripe = new Stripe(SECRET_KEY, address);
const card = (number) => ({ number, exp_month: 12, exp_year: new Date().getFullYear() + 1, cvc: "123" });
const pay = (payment_method, more = {}, options = {}) =>
  stripe.paymentIntents.create(
    {
      amount: 4200,
      currency: "eur",
      capture_method: "manual",
      confirm: true,
      payment_method,
      payment_method_types: ["card"],
      return_url: "https://shop.example/back",
      metadata: { payment_id: "a b&c" },
      ...more,
    },
    options,
  );

// Reads the body too: one left unread keeps its connection, and with it this process.
const statusOf = async (url, options) => {
  const response = await fetch(url, options);
  await response.text();
  return response.status;
};

const events = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    try {
      events.push(stripe.webhooks.constructEvent(body, request.headers["stripe-signature"], WEBHOOK_SECRET));
      response.writeHead(200).end();
    } catch (error) {
      events.push(error);
      response.writeHead(400).end();
    }
  });
});
before(() => new Promise((resolve) => receiver.listen(Number(WEBHOOK_PORT), "127.0.0.1", resolve)));
after(() => {
  receiver.close();
  httpAgent.destroy();
});

test("a card is authorized, captured and refunded", async () => {
  const held = await pay("pm_card_visa", { expand: ["latest_charge"] });
  assert.equal(held.object, "payment_intent");
  assert.equal(held.status, "requires_capture");
  assert.equal(held.amount_capturable, 4200);
  assert.equal(held.latest_charge.payment_method_details.card.brand, "visa");
  assert.deepEqual(held.metadata, { payment_id: "a b&c" });
  assert.equal(held.livemode, false);
  assert.match(held.client_secret, new RegExp(`^${held.id}_secret_`));

  const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 4000 });
  assert.equal(taken.status, "succeeded");
  assert.equal(taken.amount_received, 4000);
  await assert.rejects(stripe.paymentIntents.capture(held.id), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeInvalidRequestError);
    assert.equal(error.code, "payment_intent_unexpected_state");
    assert.equal(error.payment_intent.status, "succeeded");
    return true;
  });
  const refund = await stripe.refunds.create({ payment_intent: held.id, amount: 1500 });
  assert.equal(refund.status, "succeeded");
  assert.equal((await stripe.charges.retrieve(held.latest_charge.id)).amount_refunded, 1500);
});

test("declines are card errors", async () => {
  await assert.rejects(pay("pm_card_chargeDeclinedInsufficientFunds"), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeCardError);
    assert.equal(error.statusCode, 402);
    assert.equal(error.code, "card_declined");
    assert.equal(error.decline_code, "insufficient_funds");
    assert.equal(error.payment_intent.status, "requires_payment_method");
    assert.match(error.requestId, /^req_/);
    return true;
  });
});

test("a typed card goes through the publishable key", async () => {
  const frame = new Stripe(PUBLISHABLE_KEY, address);
  const method = await frame.paymentMethods.create({ type: "card", card: card("4242424242424242") });
  assert.equal(method.card.last4, "4242");
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  await stripe.paymentMethods.attach(method.id, { customer: customer.id });
  assert.equal((await pay(method.id, { customer: customer.id })).status, "requires_capture");
  await assert.rejects(
    frame.paymentMethods.create({ type: "card", card: card("4242424242424241") }),
    (error) => error instanceof Stripe.errors.StripeCardError && error.code === "incorrect_number",
  );
  await assert.rejects(frame.customers.create({}), Stripe.errors.StripeAuthenticationError);
});

test("3-D Secure asks for an action and ends in either way", async () => {
  for (const [outcome, status] of [
    ["complete", "requires_capture"],
    ["fail", "requires_payment_method"],
  ]) {
    const asked = await pay("pm_card_authenticationRequired");
    assert.equal(asked.status, "requires_action");
    const url = new URL(asked.next_action.redirect_to_url.url);
    const body = new URLSearchParams({ outcome, client_secret: url.searchParams.get("client_secret") });
    assert.equal(await statusOf(url), 200);
    assert.equal(await statusOf(url, { method: "POST", body }), 200);
    assert.equal((await stripe.paymentIntents.retrieve(asked.id)).status, status);
    const wrong = new URLSearchParams({ outcome: "complete", client_secret: "guessed" });
    assert.equal(await statusOf(url, { method: "POST", body: wrong }), 404);
  }
});

test("created, then confirmed, then canceled", async () => {
  const created = await stripe.paymentIntents.create({
    amount: 500,
    currency: "eur",
    capture_method: "manual",
  });
  assert.equal(created.status, "requires_payment_method");
  const held = await stripe.paymentIntents.confirm(created.id, { payment_method: "pm_card_visa" });
  assert.equal(held.status, "requires_capture");
  const canceled = await stripe.paymentIntents.cancel(created.id, { cancellation_reason: "abandoned" });
  assert.equal(canceled.status, "canceled");
});

test("idempotency", async () => {
  const options = { idempotencyKey: `key ${process.pid}` };
  const first = await pay("pm_card_visa", {}, options);
  const second = await pay("pm_card_visa", {}, options);
  assert.equal(first.id, second.id);
  assert.equal(second.lastResponse.headers["idempotent-replayed"], "true");
  await assert.rejects(pay("pm_card_visa", { amount: 4300 }, options), Stripe.errors.StripeIdempotencyError);
});

test("errors have the library's types", async () => {
  const stranger = new Stripe("sk_test_wrong_key_0000", address);
  await assert.rejects(stranger.customers.create({}), Stripe.errors.StripeAuthenticationError);
  await assert.rejects(stripe.paymentIntents.retrieve("pi_none"), {
    code: "resource_missing",
    statusCode: 404,
  });
  await assert.rejects(stripe.customers.create({ colour: "red" }), {
    code: "parameter_unknown",
    param: "colour",
  });
});

test("lists page by themselves", async () => {
  const seen = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 2 })) seen.push(intent.id);
  assert.ok(seen.length > 4);
  assert.equal(new Set(seen).size, seen.length);
  const { data } = await stripe.events.list({ type: "payment_intent.succeeded", limit: 1 });
  assert.equal((await stripe.events.retrieve(data[0].id)).data.object.object, "payment_intent");
});

test("a lost answer is found again by the library's own retry", async () => {
  const fault = (next) =>
    statusOf(`http://127.0.0.1:${SANDBOX_PORT}/sandbox/faults`, {
      method: "POST",
      headers: { Authorization: `Bearer ${SECRET_KEY}` },
      body: JSON.stringify({ next, count: 1 }),
    });
  assert.equal(await fault("500"), 204);
  const patient = new Stripe(SECRET_KEY, { ...address, maxNetworkRetries: 1 });
  const customer = await patient.customers.create({ name: "once" });
  assert.equal(customer.lastResponse.headers["idempotent-replayed"], "true");
  assert.equal(await fault("429"), 204);
  await assert.rejects(stripe.customers.create({}), Stripe.errors.StripeRateLimitError);
});

test("events arrive signed", async () => {
  const held = await pay("pm_card_visa");
  await stripe.paymentIntents.capture(held.id);
  const mine = () => events.filter((event) => event.data?.object.id === held.id).map((event) => event.type);
  for (let i = 0; i < 100 && mine().length < 3; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(mine().sort(), [
    "payment_intent.amount_capturable_updated",
    "payment_intent.created",
    "payment_intent.succeeded",
  ]);
  assert.deepEqual(
    events.filter((event) => event instanceof Error),
    [],
  );
});
