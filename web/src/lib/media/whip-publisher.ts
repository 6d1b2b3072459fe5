import { SessionKeeper, type SessionPhase } from "./session-keeper";
import { judge_upload, sample_upload, type UploadHealth, type UploadSample } from "./upload-health";

/** A place to publish and the right to do so, asked anew for every attempt. */
export type PublishGrant = { whip_url: string; grant: string };

export type PublisherState = SessionPhase<"on_air">;

type WhipPublisherOptions = {
  media: MediaStream;
  start: () => Promise<PublishGrant>;
  /** Whether the show is over: the server ends its sessions itself then. */
  is_over: () => boolean;
  on_state: (state: PublisherState) => void;
  on_health: (health: UploadHealth) => void;
};

const VIDEO_MAX_BITRATE = 2_500_000;

/** Sends a camera by WHIP and comes back by itself after a network gap, until stopped. */
export class WhipPublisher {
  #media: MediaStream;
  #peer: RTCPeerConnection | null = null;
  #session: SessionKeeper<"on_air">;

  constructor({ media, start, is_over, on_state, on_health }: WhipPublisherOptions) {
    this.#media = media;
    let before: UploadSample | null = null;
    this.#session = new SessionKeeper({
      up: "on_air",
      on_state: (state) => {
        on_state(state);
        if (state.phase === "on_air" && this.#peer) void keep_resolution(this.#peer);
      },
      is_over,
      ask: async () => {
        const { whip_url: url, grant } = await start();
        return { url, grant };
      },
      prepare: (peer) => {
        before = null;
        this.#peer = peer;
        for (const track of this.#media.getTracks()) add_track(peer, track, this.#media);
      },
      check: async (peer, up_ms) => {
        const now = await sample_upload(peer);
        if (before && now) on_health(judge_upload(before, now, up_ms));
        before = now;
        return false;
      },
    });
  }

  stop(): void {
    this.#session.stop();
  }

  /** Changes camera or microphone without a new session. */
  async replace(media: MediaStream): Promise<void> {
    this.#media = media;
    for (const sender of this.#peer?.getSenders() ?? []) {
      const track = media.getTracks().find(({ kind }) => kind === sender.track?.kind);
      if (track) await sender.replaceTrack(track);
    }
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
