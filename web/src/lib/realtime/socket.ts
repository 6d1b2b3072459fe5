"use client";

import { io, type Socket } from "socket.io-client";
import { error_of, offline_error } from "../api/problem";
import { fresh_token, session_state, subscribe_to_session } from "../auth/session";
import type { Ack, AnswerTo, ClientEvent, ClientEvents, InputOf, ServerEvents } from "./events";

const ACK_TIMEOUT_MS = 8000;

let shared: Socket<ServerEvents, ClientEvents> | null = null;
const gap_listeners = new Set<() => void>();

/**
 * Calls `listener` after every reconnection whose missed events the server could not send again: what is shown may be
 * old then. Opens no connection by itself; returns how to stop.
 */
export function subscribe_to_gaps(listener: () => void): () => void {
  gap_listeners.add(listener);
  return () => gap_listeners.delete(listener);
}

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
    // After a restart everybody comes back: spread over 0.3 to 1.5 s at the first attempt, wider at the next ones.
    reconnectionDelay: 900,
    reconnectionDelayMax: 8000,
    randomizationFactor: 0.65,
  });
  let connected_before = false;
  socket.on("connect", () => {
    if (connected_before && !socket.recovered) for (const listener of gap_listeners) listener();
    connected_before = true;
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
export async function ask<Event extends ClientEvent>(
  event: Event,
  input: InputOf<Event>,
): Promise<AnswerTo<Event>> {
  let ack: Ack<AnswerTo<Event>>;
  try {
    const socket = realtime().timeout(ACK_TIMEOUT_MS) as unknown as {
      emitWithAck(event: Event, input: InputOf<Event>): Promise<Ack<AnswerTo<Event>>>;
    };
    ack = await socket.emitWithAck(event, input);
  } catch {
    throw offline_error();
  }
  if (ack.ok) return ack.data;
  throw error_of(ack.error.status, ack.error);
}
