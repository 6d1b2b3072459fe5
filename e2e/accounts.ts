import { type APIRequestContext, type APIResponse, expect } from "@playwright/test";
import { randomUUID } from "node:crypto";

// People and goods made for one test, through the API, so that no test meets another's.

export const demo_password = "liveshop-demo";
/** What the sandbox's inbox got: a mail, a text message or a push message. */
export interface InboxMessage {
  id: number;
  medium: "email" | "sms" | "fcm" | "web_push";
  to: string;
  subject: string;
  text: string;
}

/** A picture of four by four pixels, PNG: a document to hand in. */
const document_picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR42mM4IScHRwzEcQCxYxBB00rMDQAAAABJRU5ErkJggg==",
  "base64",
);

export type OpenRole = "customer" | "store_owner" | "driver";

export interface Place {
  lat: number;
  lng: number;
}

/** A place of its own for a test: jobs are searched nearby, and nobody else's should be found. */
export function somewhere(): Place {
  return { lat: 40 + Math.random() * 15, lng: 2 + Math.random() * 20 };
}

export function address_at(place: Place) {
  return { street: "5 Test Lane", city: "Testville", zip: "12345", country: "DE", ...place };
}

export interface Variant {
  id: string;
  stock_quantity: number;
}
export interface Product {
  id: string;
  name: string;
  variants: Variant[];
}
export interface Store {
  id: string;
  name: string;
  slug: string;
}
export interface Order {
  id: string;
  order_number: string;
  status: string;
  payment_status: string;
}
export interface Stream {
  id: string;
  title: string;
}

/** One person, signed in: their name for the pages, their token for the API. */
export class Account {
  private readonly stores: Store[] = [];

  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
    readonly email: string,
    readonly name: string,
  ) {}

  /** Opens an account; the browser that `request` belongs to is signed in by its cookie as well. */
  static async register(request: APIRequestContext, role: OpenRole): Promise<Account> {
    const id = randomUUID().slice(0, 8);
    const name = `Test ${role.replace("_", " ")} ${id}`;
    const email = `${role}-${id}@walk.example`;
    const session = await body_of<{ access_token: string }>(
      await request.post("/api/v1/auth/register", { data: { email, name, role, password: demo_password } }),
    );
    return new Account(request, session.access_token, email, name);
  }

  /** Signs in to one of the demo's accounts. */
  static async sign_in(request: APIRequestContext, email: string): Promise<Account> {
    const session = await body_of<{ access_token: string; user: { name: string } }>(
      await request.post("/api/v1/auth/login", { data: { email, password: demo_password } }),
    );
    return new Account(request, session.access_token, email, session.user.name);
  }

  async get<T>(path: string): Promise<T> {
    return body_of<T>(await this.send("GET", path));
  }

  async post<T = unknown>(path: string, data: object = {}): Promise<T> {
    return body_of<T>(await this.send("POST", path, data));
  }

  async put<T = unknown>(path: string, data: object): Promise<T> {
    return body_of<T>(await this.send("PUT", path, data));
  }

  send(method: string, path: string, data?: object): Promise<APIResponse> {
    return this.request.fetch(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "idempotency-key": randomUUID() },
      ...(data && { data }),
    });
  }

  async open_store(place: Place): Promise<Store> {
    const id = randomUUID().slice(0, 8);
    const store = await this.post<Store>("/stores", {
      name: `Test Store ${id}`,
      slug: `test-store-${id}`,
      currency: "EUR",
      delivery_fee_minor: 300,
      address: address_at(place),
    });
    this.stores.push(store);
    await this.verify(store);
    return store;
  }

  private async verify(store: Store): Promise<void> {
    const verified = await this.as_admin(`/stores/${store.id}/verify`);
    expect(verified.status(), await verified.text()).toBe(204);
  }

  /** What the demo's administrator decides; as a native client, so that the browser's own session stays. */
  private async as_admin(path: string): Promise<APIResponse> {
    const { access_token } = await body_of<{ access_token: string }>(
      await this.request.post("/api/v1/auth/login", {
        data: { email: "admin@demo.example", password: demo_password, client: "native" },
      }),
    );
    return this.request.post(`/api/v1/admin${path}`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
  }

  /** What the sandbox's inbox has for this account's address, the newest first; waits for the first. */
  async mails(): Promise<InboxMessage[]> {
    const { card_frame_url } = await this.get<{ card_frame_url: string }>("/config");
    const inbox = new URL(`/inbox.json?to=${encodeURIComponent(this.email)}`, card_frame_url).href;
    let messages: InboxMessage[] = [];
    await expect(async () => {
      ({ messages } = await body_of<{ messages: InboxMessage[] }>(await this.request.get(inbox)));
      expect(messages, `mails to ${this.email}`).not.toHaveLength(0);
    }).toPass({ timeout: 15_000 });
    return messages;
  }

  /** Types the code that was mailed at registration. */
  async confirm_email(): Promise<void> {
    const [mail] = await this.mails();
    const code = /Your code is (\w{8})\b/.exec(mail?.text ?? "")?.[1];
    expect(code, "a code in the mail").toBeDefined();
    await this.post("/auth/verify-email", { code });
  }

  /** Hands in documents, which the demo's administrator finds in order: who sells and who drives may begin. */
  async prove_identity(): Promise<void> {
    await this.confirm_email();
    const { id } = await this.get<{ id: string }>("/me");
    const { required } = await this.get<{ required: string[] }>("/me/kyc");
    for (const kind of required) await this.hand_in(kind);
    await this.post("/me/kyc", {
      legal_name: this.name,
      date_of_birth: "1990-01-01",
      business_name: "Test business",
    });
    const verified = await this.as_admin(`/kyc/${id}/verify`);
    expect(verified.status(), await verified.text()).toBe(200);
  }

  private async hand_in(kind: string): Promise<void> {
    const kept = await this.request.put(`/api/v1/me/kyc/documents/${kind}`, {
      headers: { authorization: `Bearer ${this.token}`, "content-type": "image/png" },
      data: document_picture,
    });
    expect(kept.ok(), await kept.text()).toBe(true);
  }

  /** Takes what this account has on sale and on air from everybody's sight. */
  async close_stores(): Promise<void> {
    for (const { id } of this.stores) {
      const { streams } = await this.get<{ streams: Stream[] }>(`/streams?status=live&store_id=${id}`);
      for (const stream of streams) await this.post(`/streams/${stream.id}/end`);
      await this.put(`/stores/${id}`, { is_active: false });
    }
  }

  add_product(store: Store, name: string, stock_quantity: number): Promise<Product> {
    return this.post<Product>(`/stores/${store.id}/products`, {
      name,
      variants: [{ name: "Standard", price_minor: 1250, stock_quantity }],
    });
  }

  async order(product: Product, place: Place, quantity = 1): Promise<Order> {
    const items = [{ variant_id: product.variants[0]?.id, quantity }];
    const { orders } = await this.post<{ orders: Order[] }>("/orders", {
      items,
      shipping_address: address_at({ lat: place.lat + 0.01, lng: place.lng }),
    });
    const [order] = orders;
    if (!order) throw new Error("no order came of it");
    return order;
  }

  /** Orders and pays with a card that the bank accepts. */
  async buy(product: Product, place: Place): Promise<Order> {
    const order = await this.order(product, place);
    const { outcome } = await this.post<{ outcome: string }>("/checkout", {
      order_ids: [order.id],
      payment_method_id: "pm_card_visa",
    });
    expect(outcome).toBe("paid");
    return order;
  }

  /** What the store does with an order until a driver may take it. */
  async prepare(store: Store, order: Order): Promise<void> {
    for (const status of ["confirmed", "preparing", "ready"])
      await this.put(`/stores/${store.id}/orders/${order.id}/status`, { status });
  }
}

async function body_of<T>(answer: APIResponse): Promise<T> {
  const text = await answer.text();
  expect(answer.ok(), `${answer.url()}: ${answer.status()} ${text}`).toBe(true);
  return (text ? JSON.parse(text) : undefined) as T;
}
