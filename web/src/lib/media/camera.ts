/** Why the camera is not shown, in a sentence that says what to do. */
export function camera_sentence(fault: unknown): string {
  const name = fault instanceof DOMException ? fault.name : "";
  switch (name) {
    case "NotAllowedError":
      return "The browser was not allowed to use the camera. Allow it in the address bar, then try again.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "No camera or microphone was found. Connect one and try again.";
    case "NotReadableError":
      return "Another program is using the camera. Close it and try again.";
    default:
      return "The camera could not be opened. Try another one, or open this page over https.";
  }
}

export type CameraChoice = { video_id?: string; audio_id?: string };

/** Opens camera and microphone at up to 720p, 30 frames per second. Throws a DOMException. */
export function open_camera({ video_id, audio_id }: CameraChoice): Promise<MediaStream> {
  if (!navigator.mediaDevices)
    return Promise.reject(new DOMException("no media devices", "NotSupportedError"));
  return navigator.mediaDevices.getUserMedia({
    video: {
      ...(video_id ? { deviceId: { exact: video_id } } : { facingMode: "user" }),
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30, max: 30 },
    },
    audio: {
      ...(audio_id ? { deviceId: { exact: audio_id } } : {}),
      echoCancellation: true,
      noiseSuppression: true,
    },
  });
}
