"use client";

import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "@/generated/schema";
import { fresh_token, refresh_session } from "../auth/session";
import { error_of, offline_error } from "./problem";

/** What opens, renews or ends a session, or is for people who cannot sign in. */
const without_token = new Set([
  "/api/v1/auth/register",
  "/api/v1/auth/login",
  "/api/v1/auth/refresh",
  "/api/v1/auth/logout",
  "/api/v1/auth/forgot-password",
  "/api/v1/auth/reset-password",
]);

const authorise: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (without_token.has(schemaPath)) return;
    const token = await fresh_token();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
  },
};

/** Sends once; after a 401 it refreshes the session once and sends the same request again. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  let response: Response;
  try {
    response = await fetch(request);
  } catch (fault) {
    throw request.signal.aborted ? fault : offline_error();
  }
  if (response.status !== 401 || !request.headers.has("Authorization")) return response;
  const session = await refresh_session();
  if (!session) return response;
  again.headers.set("Authorization", `Bearer ${session.access_token}`);
  return fetch(again);
}

/** The typed API of this origin; paths, parameters and bodies are checked against the OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "http://localhost" : window.location.origin,
  credentials: "same-origin",
  fetch: send,
});
api.use(authorise);

type Result<Data> = { data?: Data; error?: unknown; response: Response };

/** The answer's body, or an ApiError thrown. */
export async function body_of<Data>(pending: Promise<Result<Data>>): Promise<Data> {
  const { data, error, response } = await pending;
  if (!response.ok) throw error_of(response.status, error);
  return data as Data;
}
