import { ApiError, sentence_of } from "../api/problem";
import { backoff_ms } from "./backoff";
import { closed_by_server, connected, end_session, exchange_offer } from "./exchange";

/** A place to watch and the right to do so, both short-lived: asked anew for every attempt. */
export type WatchGrant = { whep_url: string; grant: string };

export type PlayerState =
  | { phase: "connecting" }
  | { phase: "playing" }
  | { phase: "reconnecting"; reason: string }
  | { phase: "stopped" };

type WhepPlayerOptions = {
  video: HTMLVideoElement;
  /** Joins the stream; called again before each reconnection. */
  join: () => Promise<WatchGrant>;
  /** Whether the show is over: the server ends its sessions itself then. */
  is_over: () => boolean;
  on_state: (state: PlayerState) => void;
};

const CONNECT_TIMEOUT_MS = 8000;
const STALL_CHECK_MS = 2000;
/** While nobody publishes, the wait stops growing here (2 s): the host may be back any moment. */
const HOST_AWAY_ATTEMPT_MAX = 3;
/** Frames missing for this many checks in a row, on a visible page, mean the session is dead. */
const STALLED_CHECKS = 3;

/** Plays one stream by WHEP into a video element, and comes back by itself until stopped. */
export class WhepPlayer {
  #options: WhepPlayerOptions;
  #stopping = new AbortController();
  #release: (() => void) | null = null;

  constructor(options: WhepPlayerOptions) {
    this.#options = options;
    void this.#run();
  }

  stop(): void {
    this.#stopping.abort();
    this.#close();
    this.#options.video.srcObject = null;
    this.#options.on_state({ phase: "stopped" });
  }

  /** Ends the session at hand, once. */
  #close(): void {
    const release = this.#release;
    this.#release = null;
    release?.();
  }

  async #run(): Promise<void> {
    const { on_state } = this.#options;
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt++) {
      let reason = "The connection was lost.";
      let host_is_away = false;
      try {
        if (attempt === 0) on_state({ phase: "connecting" });
        await this.#play(() => {
          attempt = 0;
          on_state({ phase: "playing" });
        });
      } catch (fault) {
        host_is_away = fault instanceof ApiError && fault.code === "media.no_publisher";
        reason = host_is_away ? "Waiting for the host's picture." : sentence_of(fault);
      }
      this.#close();
      if (this.#stopping.signal.aborted) return;
      on_state({ phase: "reconnecting", reason });
      await this.#pause(backoff_ms(host_is_away ? Math.min(attempt, HOST_AWAY_ATTEMPT_MAX) : attempt));
    }
  }

  /** One session from the offer until it is lost. */
  async #play(playing: () => void): Promise<void> {
    const { video, join, is_over } = this.#options;
    const { signal } = this.#stopping;
    const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.#release = () => peer.close();
    const stream = new MediaStream();
    peer.addEventListener("track", ({ track }) => stream.addTrack(track));
    peer.addTransceiver("video", { direction: "recvonly" });
    peer.addTransceiver("audio", { direction: "recvonly" });
    // The offer does not depend on the grant: both are made at the same time.
    const [place] = await Promise.all([join(), peer.setLocalDescription()]);
    if (signal.aborted) return;
    const session = await exchange_offer(place.whep_url, place.grant, peer.localDescription!.sdp, signal);
    this.#release = () => (is_over() ? peer.close() : end_session(peer, session.session_url, place.grant));
    video.srcObject = stream;
    await peer.setRemoteDescription({ type: "answer", sdp: session.answer_sdp });
    await connected(peer, CONNECT_TIMEOUT_MS);
    playing();
    await this.#until_lost(peer);
  }

  #until_lost(peer: RTCPeerConnection): Promise<void> {
    return new Promise((resolve) => {
      let frames = -1;
      let stalled = 0;
      const timer = setInterval(() => {
        void frames_decoded(peer).then((now) => {
          stalled = now > frames || document.hidden ? 0 : stalled + 1;
          frames = now;
          if (stalled >= STALLED_CHECKS || closed_by_server(peer)) done();
        });
      }, STALL_CHECK_MS);
      const look = () => {
        if (peer.connectionState === "failed" || peer.connectionState === "closed") done();
      };
      const done = () => {
        clearInterval(timer);
        peer.removeEventListener("connectionstatechange", look);
        this.#stopping.signal.removeEventListener("abort", done);
        resolve();
      };
      peer.addEventListener("connectionstatechange", look);
      this.#stopping.signal.addEventListener("abort", done);
    });
  }

  #pause(duration_ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, duration_ms);
      this.#stopping.signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}

async function frames_decoded(peer: RTCPeerConnection): Promise<number> {
  let frames = 0;
  for (const report of (await peer.getStats()).values() as Iterable<{
    type: string;
    framesDecoded?: number;
  }>) {
    if (report.type === "inbound-rtp") frames += report.framesDecoded ?? 0;
  }
  return frames;
}
