// What runs inside the browser's pages. Each function is sent to the page as text, so it uses nothing from around it.
// The page keeps its connection in `globalThis.connection`.

declare global {
  var connection: RTCPeerConnection;
}

export interface PublishRequest {
  grant: string;
  room: string;
  codec: "VP8" | "H264";
  /** A picture of noise, which takes all the bitrate an encoder may use, instead of the fake camera. */
  noise: boolean;
}

export interface Published {
  status: number;
  location: string;
  connected_ms: number;
}

export async function publish({ grant, room, codec, noise }: PublishRequest): Promise<Published> {
  const media = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720, frameRate: 30 },
    audio: true,
  });
  let video = media.getVideoTracks()[0];
  if (noise) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    // One picture of faint noise, shifted by random amounts: hard to encode, cheap to draw.
    const tile = new OffscreenCanvas(1536, 1024);
    const tile_context = tile.getContext("2d");
    if (tile_context === null) throw new Error("no canvas");
    const pixels = tile_context.createImageData(tile.width, tile.height);
    for (let i = 0; i < pixels.data.length; i += 4) {
      pixels.data.fill(104 + Math.random() * 48, i, i + 3);
      pixels.data[i + 3] = 255;
    }
    tile_context.putImageData(pixels, 0, 0);
    setInterval(() => {
      context.drawImage(tile, -Math.random() * 256, -Math.random() * 304);
    }, 40);
    video = canvas.captureStream(25).getVideoTracks()[0];
  }
  const audio = media.getAudioTracks()[0];
  if (video === undefined || audio === undefined) throw new Error("no fake camera");

  const connection = (globalThis.connection = new RTCPeerConnection());
  connection.addTransceiver(audio, { direction: "sendonly" });
  const sender = connection.addTransceiver(video, { direction: "sendonly" });
  const wanted = (c: RTCRtpCodec) =>
    c.mimeType === `video/${codec}` &&
    (codec === "VP8" || /packetization-mode=1.*42e01f/.test(c.sdpFmtpLine ?? ""));
  const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
  sender.setCodecPreferences([...codecs.filter(wanted), ...codecs.filter((c) => !wanted(c))]);
  await connection.setLocalDescription();

  const started = performance.now();
  const response = await fetch(`/whip/${room}`, {
    method: "POST",
    headers: { "content-type": "application/sdp", authorization: `Bearer ${grant}` },
    body: connection.localDescription?.sdp ?? "",
  });
  const answer = await response.text();
  if (response.status !== 201) throw new Error(`${response.status} ${answer}`);
  await connection.setRemoteDescription({ type: "answer", sdp: answer });
  await new Promise<void>((resolve, reject) => {
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "connected") resolve();
      if (connection.connectionState === "failed") reject(new Error("the publisher could not connect"));
    };
  });
  if (noise) {
    // An encoder that finds noise too hard makes the picture smaller, and a smaller picture has a lower target.
    const parameters = sender.sender.getParameters();
    await sender.sender.setParameters({ ...parameters, degradationPreference: "maintain-resolution" });
  }
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    connected_ms: Math.round(performance.now() - started),
  };
}

export interface Watched {
  status: number;
  location: string;
  first_frame_ms: number;
}

export async function watch({ grant, room }: { grant: string; room: string }): Promise<Watched> {
  const video = document.querySelector("video");
  if (video === null) throw new Error("no video element");
  const connection = (globalThis.connection = new RTCPeerConnection());
  const stream = new MediaStream();
  connection.ontrack = (event) => {
    stream.addTrack(event.track);
    video.srcObject = stream;
  };
  connection.addTransceiver("audio", { direction: "recvonly" });
  connection.addTransceiver("video", { direction: "recvonly" });
  await connection.setLocalDescription();
  const started = performance.now();
  const response = await fetch(`/whep/${room}`, {
    method: "POST",
    headers: { "content-type": "application/sdp", authorization: `Bearer ${grant}` },
    body: connection.localDescription?.sdp ?? "",
  });
  const answer = await response.text();
  if (response.status !== 201) throw new Error(`${response.status} ${answer}`);
  await connection.setRemoteDescription({ type: "answer", sdp: answer });
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    first_frame_ms: Math.round(performance.now() - started),
  };
}

export interface Outbound {
  at_ms: number;
  bytes: number;
  codec: string;
  size: string;
  fps: number;
  target_kbps: number;
  available_kbps: number;
  limited_by: string;
  key_frames: number;
  plis: number;
}

export async function outbound(): Promise<Outbound> {
  const stats = [...(await connection.getStats()).values()] as Record<string, unknown>[];
  const find = (type: string) => stats.find((s) => s["type"] === type && (s["kind"] ?? "video") === "video");
  const stream = find("outbound-rtp");
  const pair = stats.find((s) => s["type"] === "candidate-pair" && s["nominated"] === true);
  const codec = stats.find((s) => s["id"] === stream?.["codecId"]);
  return {
    at_ms: performance.now(),
    bytes: Number(stream?.["bytesSent"]),
    codec: String(codec?.["mimeType"]),
    size: `${String(stream?.["frameWidth"])}x${String(stream?.["frameHeight"])}`,
    fps: Number(stream?.["framesPerSecond"]),
    target_kbps: Math.round(Number(stream?.["targetBitrate"]) / 1000),
    available_kbps: Math.round(Number(pair?.["availableOutgoingBitrate"]) / 1000),
    limited_by: String(stream?.["qualityLimitationReason"]),
    key_frames: Number(stream?.["keyFramesEncoded"]),
    plis: Number(stream?.["pliCount"]),
  };
}

export interface Inbound {
  connection: string;
  transport: string;
  frames: number;
  freezes: number;
  packets_lost: number;
  audio_packets: number;
  plis: number;
}

export async function inbound(): Promise<Inbound> {
  const stats = [...(await connection.getStats()).values()] as Record<string, unknown>[];
  const find = (kind: string) => stats.find((s) => s["type"] === "inbound-rtp" && s["kind"] === kind);
  const video = find("video");
  return {
    connection: connection.connectionState,
    transport:
      connection.getReceivers()[0]?.transport?.state ?? connection.getSenders()[0]?.transport?.state ?? "",
    frames: Number(video?.["framesDecoded"] ?? 0),
    freezes: Number(video?.["freezeCount"] ?? 0),
    packets_lost: Number(video?.["packetsLost"] ?? 0),
    audio_packets: Number(find("audio")?.["packetsReceived"] ?? 0),
    plis: Number(video?.["pliCount"] ?? 0),
  };
}
