import { afterEach, beforeEach, expect, it, vi } from "vitest";

const connection = vi.hoisted(() => ({
  listeners: new Map<string, () => void>(),
  recovered: false,
  options: {} as Record<string, unknown>,
}));

vi.mock("socket.io-client", () => ({
  io: (options: Record<string, unknown>) => {
    connection.options = options;
    return {
      on: (name: string, listener: () => void) => connection.listeners.set(name, listener),
      get recovered() {
        return connection.recovered;
      },
    };
  },
}));

const connect = (recovered: boolean) => {
  connection.recovered = recovered;
  connection.listeners.get("connect")?.();
};

beforeEach(() => vi.resetModules());
afterEach(() => connection.listeners.clear());

it("tells of a gap after a reconnection without recovery, and of nothing else", async () => {
  const { realtime, subscribe_to_gaps } = await import("./socket");
  const listener = vi.fn();
  const stop = subscribe_to_gaps(listener);
  realtime();
  connect(false);
  expect(listener, "the first connection is no gap").not.toHaveBeenCalled();
  connect(true);
  expect(listener, "a recovered session has missed nothing").not.toHaveBeenCalled();
  connect(false);
  expect(listener).toHaveBeenCalledTimes(1);
  stop();
  connect(false);
  expect(listener).toHaveBeenCalledTimes(1);
});

it("comes back at different moments", async () => {
  const { realtime } = await import("./socket");
  realtime();
  expect(connection.options.reconnectionDelay).toBeGreaterThanOrEqual(500);
  expect(connection.options.randomizationFactor).toBeGreaterThanOrEqual(0.5);
});
