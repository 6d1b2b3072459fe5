/** What the browser knows about a running upload, between two looks. */
export type UploadSample = {
  at_ms: number;
  bytes_sent: number;
  frames_per_second: number | null;
  /** RTCOutboundRtpStreamStats.qualityLimitationReason. */
  limited_by: "none" | "cpu" | "bandwidth" | "other";
  round_trip_ms: number | null;
  /** Share of packets lost on the way up, 0 to 1, as the server reports it. */
  lost_share: number | null;
};

export type UploadHealth = { level: "good" | "fair" | "poor"; sentence: string; kbit_per_s: number };

const LOSS_BAD = 0.08;
const ROUND_TRIP_BAD_MS = 400;
const FRAMES_LOW = 12;

/** A browser begins carefully and finds out what the network carries: until then it is not called slow. */
const RAMP_UP_MS = 15_000;

/** The upload in words a seller can act on. */
export function judge_upload(before: UploadSample, now: UploadSample, on_air_ms: number): UploadHealth {
  const seconds = Math.max(0.001, (now.at_ms - before.at_ms) / 1000);
  const kbit_per_s = Math.round(((now.bytes_sent - before.bytes_sent) * 8) / 1000 / seconds);
  const verdict = (level: UploadHealth["level"], sentence: string): UploadHealth => ({
    level,
    sentence,
    kbit_per_s,
  });
  if (kbit_per_s <= 0) return verdict("poor", "Nothing is getting through. Check your network.");
  if ((now.lost_share ?? 0) > LOSS_BAD) {
    return verdict("poor", "Your network is losing packets. Move closer to the router or use a cable.");
  }
  if (now.limited_by === "cpu") {
    return verdict("fair", "This device is busy, so the picture is reduced. Close other programs and tabs.");
  }
  if (now.limited_by === "bandwidth" && on_air_ms < RAMP_UP_MS) {
    return verdict("good", "On air; the picture gets sharper in the first seconds.");
  }
  if (now.limited_by === "bandwidth") {
    return verdict("fair", "Your upload is slow, so the picture is reduced. Viewers still see you.");
  }
  if ((now.round_trip_ms ?? 0) > ROUND_TRIP_BAD_MS) {
    return verdict("fair", "Your network answers slowly; viewers see you with a delay.");
  }
  if (now.frames_per_second !== null && now.frames_per_second < FRAMES_LOW) {
    return verdict("fair", "The camera gives few pictures per second. More light helps.");
  }
  return verdict("good", "Picture and sound are getting through well.");
}

type Report = {
  type: string;
  kind?: string;
  timestamp: number;
  bytesSent?: number;
  framesPerSecond?: number;
  qualityLimitationReason?: UploadSample["limited_by"];
  roundTripTime?: number;
  fractionLost?: number;
};

/** Reads one sample from the sender's statistics; null before the first video packet. */
export async function sample_upload(peer: RTCPeerConnection): Promise<UploadSample | null> {
  const reports = [...((await peer.getStats()).values() as Iterable<Report>)];
  const video = (type: string) => reports.find((report) => report.type === type && report.kind === "video");
  const sent = video("outbound-rtp");
  const received = video("remote-inbound-rtp");
  if (!sent) return null;
  return {
    at_ms: sent.timestamp,
    bytes_sent: sent.bytesSent ?? 0,
    frames_per_second: sent.framesPerSecond ?? null,
    limited_by: sent.qualityLimitationReason ?? "none",
    round_trip_ms: received?.roundTripTime === undefined ? null : received.roundTripTime * 1000,
    lost_share: received?.fractionLost ?? null,
  };
}
