import { ApiError, error_of, offline_error } from "../api/problem";

/** One end of a WHIP or WHEP session: an offer goes up, an answer and the session's address come back. */
export type MediaSession = { answer_sdp: string; session_url: string };

/** Posts an SDP offer with its grant (WHIP: RFC 9725; WHEP has the same shape). Throws an ApiError. */
export async function exchange_offer(
  url: string,
  grant: string,
  offer_sdp: string,
  signal?: AbortSignal,
): Promise<MediaSession> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/sdp", Authorization: `Bearer ${grant}` },
      body: offer_sdp,
      signal,
    });
  } catch (fault) {
    throw signal?.aborted ? fault : offline_error();
  }
  const body = await response.text();
  if (!response.ok) throw error_of(response.status, parsed(body));
  const location = response.headers.get("Location");
  if (!location) {
    throw new ApiError({
      status: response.status,
      code: "unreadable",
      message: "The media server gave no session.",
    });
  }
  return { answer_sdp: body, session_url: new URL(location, response.url).href };
}

/** Whether the server has said goodbye: its alert closes the DTLS transport, which `connectionState` does not tell. */
export function closed_by_server(peer: RTCPeerConnection): boolean {
  const [{ transport } = { transport: null }] = [...peer.getReceivers(), ...peer.getSenders()];
  return transport?.state === "closed";
}

/**
 * Ends a session at the server, then here: the other way round the server would have ended it already. `keepalive`
 * lets the request out even while the page closes. A session that the server has ended is not there to be deleted.
 */
export function end_session(peer: RTCPeerConnection, session_url: string, grant: string): void {
  if (closed_by_server(peer)) return peer.close();
  fetch(session_url, { method: "DELETE", headers: { Authorization: `Bearer ${grant}` }, keepalive: true })
    .catch((fault: unknown) => console.warn("media session left to expire:", fault))
    .finally(() => peer.close());
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Resolves once the connection stands; rejects when it fails or takes too long. */
export function connected(peer: RTCPeerConnection, timeout_ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = () =>
      reject(new ApiError({ status: 0, code: "media_unreachable", message: MEDIA_UNREACHABLE }));
    const timer = setTimeout(failed, timeout_ms);
    const look = () => {
      if (peer.connectionState === "connected") resolve();
      else if (peer.connectionState === "failed" || peer.connectionState === "closed") failed();
      else return;
      clearTimeout(timer);
      peer.removeEventListener("connectionstatechange", look);
    };
    peer.addEventListener("connectionstatechange", look);
    look();
  });
}

const MEDIA_UNREACHABLE =
  "The video connection could not be made. A firewall may be blocking it; trying again.";
