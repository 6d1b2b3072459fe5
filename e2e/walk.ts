import {
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  expect,
  type Locator,
  type Page,
  type Route,
} from "@playwright/test";
import { Account, type OpenRole, type Place } from "./accounts.js";

export { expect };

export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

/** What the consoles of a test's pages said that they should not have said. */
class Consoles {
  private readonly said: string[] = [];
  private readonly announced: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on("console", (message: ConsoleMessage) => {
      if (message.type() === "error") this.said.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => {
      this.said.push(`uncaught: ${error.error().message}`);
    });
  }

  /** From now on this is no fault: the test provokes it. */
  announce(pattern: RegExp): void {
    this.announced.push(pattern);
  }

  faults(): string[] {
    return this.said.filter((line) => !this.announced.some((pattern) => pattern.test(line)));
  }
}

interface Visit {
  size?: keyof typeof sizes;
  /** Where their browser says they are. */
  place?: Place;
}

/** Somebody at a browser of their own. */
export interface Person {
  page: Page;
  account: Account;
}

class People {
  private readonly contexts: BrowserContext[] = [];
  private readonly accounts: Account[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly options: BrowserContextOptions,
    private readonly consoles: Consoles,
  ) {}

  /** Somebody who has no account. */
  async visitor(visit: Visit = {}): Promise<Page> {
    return (await this.open(visit)).newPage();
  }

  /** Somebody with an account opened just now: nothing in it yet. */
  async newcomer(role: OpenRole, visit: Visit = {}): Promise<Person> {
    const context = await this.open(visit);
    const account = await Account.register(context.request, role);
    this.accounts.push(account);
    return { page: await signed_in_page(context), account };
  }

  /** One of the demo's people. */
  async demo(name: "customer" | "store" | "driver" | "admin", visit: Visit = {}): Promise<Person> {
    const context = await this.open(visit);
    const account = await Account.sign_in(context.request, `${name}@demo.example`);
    return { page: await signed_in_page(context), account };
  }

  async leave(): Promise<void> {
    for (const account of this.accounts) await account.close_stores();
    for (const context of this.contexts) await context.close();
  }

  private async open({ size = "phone", place }: Visit): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      ...this.options,
      viewport: sizes[size],
      reducedMotion: "reduce",
      permissions: place ? ["camera", "microphone", "geolocation"] : ["camera", "microphone"],
      ...(place && { geolocation: { latitude: place.lat, longitude: place.lng } }),
    });
    context.setDefaultTimeout(10_000);
    this.consoles.watch(context);
    this.contexts.push(context);
    return context;
  }
}

/** The API's cookie is there already; this is what the sign-in page would have left beside it. */
async function signed_in_page(context: BrowserContext): Promise<Page> {
  await context.addInitScript(() => {
    // Neither an empty page nor a frame of another origin has the shop's storage.
    if (location.protocol !== "about:" && window === window.top)
      localStorage.setItem("liveshop:signed_in", "yes");
  });
  return context.newPage();
}

/** A test ends red when a page's console shows an error that the test has not announced. */
export const test = base.extend<{ consoles: Consoles; people: People }>({
  consoles: [
    async ({ context }, use) => {
      const consoles = new Consoles();
      consoles.watch(context);
      await use(consoles);
      expect(consoles.faults(), "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  people: async ({ browser, contextOptions, baseURL, consoles }, use) => {
    const people = new People(browser, { ...contextOptions, ...(baseURL && { baseURL }) }, consoles);
    await use(people);
    await people.leave();
  },
});

const problem = (status: number) => ({
  status,
  contentType: "application/problem+json",
  body: JSON.stringify({
    type: "about:blank",
    status,
    code: "test.failure",
    title: "The test lets this fail",
    detail: "The test lets this fail: try again.",
  }),
});

export type Failure = 500 | 503 | "network gone";

export interface States {
  path: string;
  /** The requests that the page cannot do without. */
  api: RegExp;
  /** What screen readers are told while it loads. */
  loading: string;
  /** What stands there once it has worked. */
  ready: Locator;
  failure?: Failure;
}

/** The page while it loads, when that fails, and after trying again. */
export async function walk_states(page: Page, consoles: Consoles, states: States): Promise<void> {
  const { path, api, loading, ready, failure = 500 } = states;
  let failing = true;
  let fail: (() => void) | undefined;
  const seen_loading = new Promise<void>((resolve) => (fail = resolve));
  const answer = async (route: Route): Promise<void> => {
    await seen_loading;
    if (!failing) await route.continue();
    else if (failure === "network gone") await route.abort("internetdisconnected");
    else await route.fulfill(problem(failure));
  };
  consoles.announce(
    failure === "network gone" ? /ERR_INTERNET_DISCONNECTED/ : RegExp(`status of ${failure}`),
  );
  await page.route(api, answer);
  await page.goto(path);
  await expect(page.getByRole("status", { name: loading }).first(), `${path} while loading`).toBeVisible();
  fail?.();
  const sentence = failure === "network gone" ? "LiveShop cannot be reached" : "The test lets this fail";
  const alert = page.getByRole("alert").filter({ hasText: sentence }).first();
  await expect(alert, `${path} after a failure`).toBeVisible();
  // At once: the page asks again by itself, too, and then there is nothing left to press.
  failing = false;
  await alert.getByRole("button", { name: "Try again" }).dispatchEvent("click");
  await expect(ready, `${path} after trying again`).toBeVisible();
  await expect(alert).toBeHidden();
  await page.unroute(api, answer);
}
