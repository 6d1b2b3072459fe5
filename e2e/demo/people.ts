import { expect, type APIRequestContext, type Browser, type Page } from "@playwright/test";

const password = "liveshop-demo";
export const berlin = { latitude: 52.5206, longitude: 13.4098 };

/** A person at a browser of their own: another context, so another session. */
export async function open_page(browser: Browser, phone: boolean): Promise<Page> {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    permissions: ["camera", "microphone", "geolocation"],
    geolocation: berlin,
  });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

export async function sign_in(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Password").first().fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** The API as one person, for what has no page of its own in this walk. */
export class Client {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  static async sign_in(request: APIRequestContext, email: string): Promise<Client> {
    const answer = await request.post("/api/v1/auth/login", { data: { email, password, client: "native" } });
    expect(answer.ok(), await answer.text()).toBe(true);
    const session = (await answer.json()) as { access_token: string };
    return new Client(request, session.access_token);
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.request.get(`/api/v1${path}`, { headers: this.headers() });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as T;
  }

  async post(path: string): Promise<void> {
    const answer = await this.request.post(`/api/v1${path}`, { headers: this.headers(), data: {} });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  }

  /** What this person is owed, in minor units. */
  async balance(currency: string): Promise<number> {
    const { balances } = await this.get<{ balances: { currency: string; amount_minor: number }[] }>(
      "/me/balance",
    );
    return balances.find((balance) => balance.currency === currency)?.amount_minor ?? 0;
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}

/** The wall clock when `text` appears anywhere in the page; to be called before it does. */
export function time_of_text(page: Page, text: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): boolean => document.body.textContent.includes(wanted);
        if (look()) {
          resolve(Date.now());
          return;
        }
        const observer = new MutationObserver(() => {
          if (!look()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    text,
  );
}

/** Clicks from inside the page and answers the wall clock of the click. */
export function click_now(page: Page, name: string): Promise<number> {
  return page.getByRole("button", { name, exact: true }).evaluate((button) => {
    const clicked_at = Date.now();
    (button as HTMLButtonElement).click();
    return clicked_at;
  });
}
