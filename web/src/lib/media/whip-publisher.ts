import { sentence_of } from "../api/problem";
import { backoff_ms } from "./backoff";
import { connected, end_session, exchange_offer } from "./exchange";
import { judge_upload, sample_upload, type UploadHealth, type UploadSample } from "./upload-health";

/** A place to publish and the right to do so, asked anew for every attempt. */
export type PublishGrant = { whip_url: string; grant: string };

export type PublisherState =
  | { phase: "connecting" }
  | { phase: "on_air" }
  | { phase: "reconnecting"; reason: string }
  | { phase: "stopped" };

type WhipPublisherOptions = {
  media: MediaStream;
  start: () => Promise<PublishGrant>;
  /** Whether the show is over: the server ends its sessions itself then. */
  is_over: () => boolean;
  on_state: (state: PublisherState) => void;
  on_health: (health: UploadHealth) => void;
};

const CONNECT_TIMEOUT_MS = 8000;
const HEALTH_MS = 2000;
const VIDEO_MAX_BITRATE = 2_500_000;

/** Sends a camera by WHIP and comes back by itself after a network gap, until stopped. */
export class WhipPublisher {
  #options: WhipPublisherOptions;
  #stopping = new AbortController();
  #peer: RTCPeerConnection | null = null;
  #release: (() => void) | null = null;

  constructor(options: WhipPublisherOptions) {
    this.#options = options;
    void this.#run();
  }

  stop(): void {
    this.#stopping.abort();
    this.#close();
    this.#options.on_state({ phase: "stopped" });
  }

  /** Changes camera or microphone without a new session. */
  async replace(media: MediaStream): Promise<void> {
    this.#options.media = media;
    for (const sender of this.#peer?.getSenders() ?? []) {
      const track = media.getTracks().find(({ kind }) => kind === sender.track?.kind);
      if (track) await sender.replaceTrack(track);
    }
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
      try {
        if (attempt === 0) on_state({ phase: "connecting" });
        await this.#publish(() => {
          attempt = 0;
          on_state({ phase: "on_air" });
        });
      } catch (fault) {
        reason = sentence_of(fault);
      }
      this.#close();
      if (this.#stopping.signal.aborted) return;
      on_state({ phase: "reconnecting", reason });
      await new Promise((resolve) => setTimeout(resolve, backoff_ms(attempt)));
    }
  }

  async #publish(on_air: () => void): Promise<void> {
    const { media, start, is_over } = this.#options;
    const { signal } = this.#stopping;
    const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.#peer = peer;
    this.#release = () => peer.close();
    for (const track of media.getTracks()) add_track(peer, track, media);
    const [place] = await Promise.all([start(), peer.setLocalDescription()]);
    if (signal.aborted) return;
    const session = await exchange_offer(place.whip_url, place.grant, peer.localDescription!.sdp, signal);
    this.#release = () => (is_over() ? peer.close() : end_session(peer, session.session_url, place.grant));
    await peer.setRemoteDescription({ type: "answer", sdp: session.answer_sdp });
    await connected(peer, CONNECT_TIMEOUT_MS);
    on_air();
    await keep_resolution(peer);
    await this.#until_lost(peer);
  }

  #until_lost(peer: RTCPeerConnection): Promise<void> {
    return new Promise((resolve) => {
      const began_ms = Date.now();
      let before: UploadSample | null = null;
      const timer = setInterval(() => {
        void sample_upload(peer).then((now) => {
          if (before && now) this.#options.on_health(judge_upload(before, now, Date.now() - began_ms));
          before = now;
        });
      }, HEALTH_MS);
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
}

function add_track(peer: RTCPeerConnection, track: MediaStreamTrack, media: MediaStream): void {
  if (track.kind !== "video") {
    peer.addTransceiver(track, { direction: "sendonly", streams: [media] });
    return;
  }
  const transceiver = peer.addTransceiver(track, {
    direction: "sendonly",
    streams: [media],
    sendEncodings: [{ maxBitrate: VIDEO_MAX_BITRATE }],
  });
  prefer_vp8(transceiver);
}

/** What is held into the camera must stay readable: a slow network costs frames, not size. */
async function keep_resolution(peer: RTCPeerConnection): Promise<void> {
  const sender = peer.getSenders().find(({ track }) => track?.kind === "video");
  try {
    await sender?.setParameters({
      ...sender.getParameters(),
      degradationPreference: "maintain-resolution",
    });
  } catch (fault) {
    console.warn("the browser chooses the picture's size itself:", fault);
  }
}

/** VP8 plays in every browser without negotiation surprises; the server forwards it untouched. */
function prefer_vp8(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
  const is_vp8 = (codec: RTCRtpCodec) => codec.mimeType.toLowerCase() === "video/vp8";
  if (codecs.some(is_vp8)) {
    transceiver.setCodecPreferences([...codecs.filter(is_vp8), ...codecs.filter((codec) => !is_vp8(codec))]);
  }
}
