"use client";

import { io, type Socket } from "socket.io-client";
import { error_of, offline_error } from "../api/problem";
import { fresh_token, session_state, subscribe_to_session } from "../auth/session";
import type { Ack, ClientEvents, ServerEvents } from "./events";

const ACK_TIMEOUT_MS = 8000;

let shared: Socket<ServerEvents, ClientEvents> | null = null;

function user_id(): string | null {
  const state = session_state();
  return state.status === "signed_in" ? state.user.id : null;
}

function open(): Socket<ServerEvents, ClientEvents> {
  const socket: Socket<ServerEvents, ClientEvents> = io({
    path: "/socket.io",
    transports: ["websocket"],
    auth: (answer) => {
      fresh_token().then(
        (token) => answer(token ? { token } : {}),
        () => answer({}),
      );
    },
    reconnectionDelay: 300,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
  });
  // The handshake carries who is asking: another user needs another handshake.
  let connected_as = user_id();
  subscribe_to_session(() => {
    if (session_state().status === "unknown" || user_id() === connected_as) return;
    connected_as = user_id();
    socket.disconnect().connect();
  });
  return socket;
}

/** The one socket of this tab, opened on first use. */
export function realtime(): Socket<ServerEvents, ClientEvents> {
  shared ??= open();
  return shared;
}

/** Emits and waits for the acknowledgement; throws an ApiError if it is a refusal or does not come. */
export async function ask<Event extends keyof ClientEvents>(
  event: Event,
  payload: Parameters<ClientEvents[Event]>[0],
): Promise<unknown> {
  let ack: Ack<unknown>;
  try {
    const socket = realtime().timeout(ACK_TIMEOUT_MS) as unknown as {
      emitWithAck(event: string, payload: unknown): Promise<Ack<unknown>>;
    };
    ack = await socket.emitWithAck(event, payload);
  } catch {
    throw offline_error();
  }
  if (ack.ok) return ack.data;
  throw error_of(ack.error.status, ack.error);
}
