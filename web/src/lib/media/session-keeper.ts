import { sentence_of } from "../api/problem";
import { backoff_ms } from "./backoff";
import { connected, end_session, exchange_offer } from "./exchange";

/** Where to send the offer and the right to do so, both short-lived. */
export type Place = { url: string; grant: string };

export type SessionPhase<Up extends string> =
  { phase: "connecting" } | { phase: Up } | { phase: "reconnecting"; reason: string } | { phase: "stopped" };

/** What makes a session a publisher's or a viewer's. */
export type SessionPlan<Up extends string> = {
  /** The phase in which the connection stands. */
  up: Up;
  on_state: (state: SessionPhase<Up>) => void;
  /** Asked anew for every attempt. */
  ask: () => Promise<Place>;
  /** Puts tracks or receivers into a new connection, before its offer is made. */
  prepare: (peer: RTCPeerConnection) => void;
  /** Whether the show is over: the server ends its sessions itself then. */
  is_over: () => boolean;
  /** Looks after a connection that stands, every 2 s; true gives it up for lost. */
  check: (peer: RTCPeerConnection, up_ms: number) => Promise<boolean>;
  /** What to say of a failed attempt, and the highest step of back-off it may reach. */
  explain?: (fault: unknown) => { reason: string; attempt_max?: number };
};

const CONNECT_TIMEOUT_MS = 8000;
const CHECK_MS = 2000;

/** Keeps one WHIP or WHEP session: after a loss it makes another, until stopped. */
export class SessionKeeper<Up extends string> {
  #plan: SessionPlan<Up>;
  #stopping = new AbortController();
  #release: (() => void) | null = null;

  constructor(plan: SessionPlan<Up>) {
    this.#plan = plan;
    void this.#run();
  }

  stop(): void {
    this.#stopping.abort();
    this.#close();
    this.#plan.on_state({ phase: "stopped" });
  }

  /** Ends the session at hand, once. */
  #close(): void {
    const release = this.#release;
    this.#release = null;
    release?.();
  }

  async #run(): Promise<void> {
    const { on_state, explain, up } = this.#plan;
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt++) {
      let told: { reason: string; attempt_max?: number } = { reason: "The connection was lost." };
      try {
        if (attempt === 0) on_state({ phase: "connecting" });
        await this.#connect(() => {
          attempt = 0;
          on_state({ phase: up });
        });
      } catch (fault) {
        told = explain?.(fault) ?? { reason: sentence_of(fault) };
      }
      this.#close();
      if (this.#stopping.signal.aborted) return;
      on_state({ phase: "reconnecting", reason: told.reason });
      await this.#pause(backoff_ms(Math.min(attempt, told.attempt_max ?? Infinity)));
    }
  }

  /** One session from the offer until it is lost. */
  async #connect(on_up: () => void): Promise<void> {
    const { ask, prepare, is_over } = this.#plan;
    const { signal } = this.#stopping;
    const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.#release = () => peer.close();
    prepare(peer);
    // The offer does not depend on the grant: both are made at the same time.
    const [{ url, grant }] = await Promise.all([ask(), peer.setLocalDescription()]);
    if (signal.aborted) return;
    const session = await exchange_offer(url, grant, peer.localDescription!.sdp, signal);
    this.#release = () => (is_over() ? peer.close() : end_session(peer, session.session_url, grant));
    await peer.setRemoteDescription({ type: "answer", sdp: session.answer_sdp });
    await connected(peer, CONNECT_TIMEOUT_MS);
    on_up();
    await this.#until_lost(peer);
  }

  #until_lost(peer: RTCPeerConnection): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const up_since_ms = Date.now();
      const timer = setInterval(() => {
        void this.#plan.check(peer, Date.now() - up_since_ms).then((lost) => lost && done());
      }, CHECK_MS);
      const look = () => {
        if (peer.connectionState === "failed" || peer.connectionState === "closed") done();
      };
      const done = () => {
        clearInterval(timer);
        peer.removeEventListener("connectionstatechange", look);
        signal.removeEventListener("abort", done);
        resolve();
      };
      peer.addEventListener("connectionstatechange", look);
      signal.addEventListener("abort", done);
    });
  }

  #pause(duration_ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, duration_ms);
      this.#stopping.signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}
