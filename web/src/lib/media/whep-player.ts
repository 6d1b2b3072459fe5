import { ApiError, sentence_of } from "../api/problem";
import { closed_by_server } from "./exchange";
import { SessionKeeper, type SessionPhase } from "./session-keeper";

/** A place to watch and the right to do so, both short-lived: asked anew for every attempt. */
export type WatchGrant = { whep_url: string; grant: string };

export type PlayerState = SessionPhase<"playing">;

type WhepPlayerOptions = {
  video: HTMLVideoElement;
  /** Joins the stream; called again before each reconnection. */
  join: () => Promise<WatchGrant>;
  /** Whether the show is over: the server ends its sessions itself then. */
  is_over: () => boolean;
  on_state: (state: PlayerState) => void;
};

/** While nobody publishes, the wait stops growing here (2 s): the host may be back any moment. */
const HOST_AWAY_ATTEMPT_MAX = 3;
/** Frames missing for this many checks in a row, on a visible page, mean the session is dead. */
const STALLED_CHECKS = 3;

/** Plays one stream by WHEP into a video element, and comes back by itself until stopped. */
export class WhepPlayer {
  #video: HTMLVideoElement;
  #session: SessionKeeper<"playing">;

  constructor({ video, join, is_over, on_state }: WhepPlayerOptions) {
    this.#video = video;
    let frames = -1;
    let stalled = 0;
    this.#session = new SessionKeeper({
      up: "playing",
      on_state,
      is_over,
      ask: async () => {
        const { whep_url: url, grant } = await join();
        return { url, grant };
      },
      prepare: (peer) => {
        [frames, stalled] = [-1, 0];
        receive_into(video, peer);
      },
      check: async (peer) => {
        const now = await frames_decoded(peer);
        stalled = now > frames || document.hidden ? 0 : stalled + 1;
        frames = now;
        return stalled >= STALLED_CHECKS || closed_by_server(peer);
      },
      explain: (fault) =>
        fault instanceof ApiError && fault.code === "media.no_publisher"
          ? { reason: "Waiting for the host's picture.", attempt_max: HOST_AWAY_ATTEMPT_MAX }
          : { reason: sentence_of(fault) },
    });
  }

  stop(): void {
    this.#session.stop();
    this.#video.srcObject = null;
  }
}

/** What comes is shown as soon as there is any; until then the last picture stands. */
function receive_into(video: HTMLVideoElement, peer: RTCPeerConnection): void {
  const stream = new MediaStream();
  peer.addEventListener("track", ({ track }) => {
    stream.addTrack(track);
    if (video.srcObject !== stream) video.srcObject = stream;
  });
  peer.addTransceiver("video", { direction: "recvonly" });
  peer.addTransceiver("audio", { direction: "recvonly" });
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
