import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Session } from "../api/types";

const session = (access_token: string, expires_in_s = 600) =>
  ({ access_token, expires_in_s, user: { id: "u1", name: "Ada", role: "customer" } }) as Session;

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

/** The module holds a tab's session: each test is a new tab. */
async function new_tab() {
  vi.resetModules();
  return import("./session");
}

/** A browser's storage, as far as the session uses it. */
function storage(signed_in: boolean) {
  const items = new Map<string, string>(signed_in ? [["liveshop:signed_in", "yes"]] : []);
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  });
  return items;
}

beforeEach(() => {
  storage(true);
  vi.stubGlobal("BroadcastChannel", undefined);
  vi.stubGlobal("navigator", {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the session", () => {
  it("refreshes once for all who ask at the same time", async () => {
    const fetch = vi.fn(async () => answer(200, session("first")));
    vi.stubGlobal("fetch", fetch);
    const tab = await new_tab();
    expect(await Promise.all([tab.fresh_token(), tab.fresh_token(), tab.fresh_token()])).toEqual(
      Array(3).fill("first"),
    );
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("keeps a token while it is good and renews it before it ends", async () => {
    vi.useFakeTimers();
    const fetch = vi.fn(async () => answer(200, session("second")));
    vi.stubGlobal("fetch", fetch);
    const tab = await new_tab();
    tab.accept_session(session("first", 600));
    expect(await tab.fresh_token()).toBe("first");
    vi.advanceTimersByTime(580_000);
    expect(await tab.fresh_token()).toBe("second");
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("knows that nobody is signed in, and does not ask again", async () => {
    const fetch = vi.fn(async () => answer(401, { code: "identity.session_ended" }));
    vi.stubGlobal("fetch", fetch);
    const tab = await new_tab();
    expect(await tab.fresh_token()).toBeNull();
    expect(await tab.fresh_token()).toBeNull();
    expect(tab.session_state()).toEqual({ status: "signed_out" });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("does not ask the server on behalf of a visitor", async () => {
    const fetch = vi.fn(async () => answer(401, { code: "identity.session_ended" }));
    vi.stubGlobal("fetch", fetch);
    storage(false);
    const tab = await new_tab();
    expect(await tab.fresh_token()).toBeNull();
    expect(tab.session_state()).toEqual({ status: "signed_out" });
    expect(fetch).not.toHaveBeenCalled();
  });

  it("asks where storage is switched off, since it cannot know", async () => {
    const fetch = vi.fn(async () => answer(200, session("first")));
    vi.stubGlobal("fetch", fetch);
    vi.stubGlobal("localStorage", undefined);
    const tab = await new_tab();
    expect(await tab.fresh_token()).toBe("first");
  });

  it("remembers over a reload that somebody is signed in, and forgets it when they leave", async () => {
    const fetch = vi.fn(async () => answer(200, session("first")));
    vi.stubGlobal("fetch", fetch);
    const items = storage(false);
    const tab = await new_tab();
    tab.accept_session(session("first"));
    expect(await (await new_tab()).fresh_token()).toBe("first");
    tab.drop_session();
    expect(items.size).toBe(0);
  });

  it("does not sign anybody out because the server is down", async () => {
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => answer(503, {})),
    );
    const tab = await new_tab();
    tab.accept_session(session("old", 1));
    await expect(tab.fresh_token()).rejects.toMatchObject({ status: 503 });
    expect(tab.session_state().status).toBe("signed_in");
  });
});
