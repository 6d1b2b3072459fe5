"use client";

import { useCallback, useEffect, useState } from "react";
import { camera_sentence, open_camera, type CameraChoice } from "@/lib/media/camera";

type Device = { id: string; label: string };
export type Camera = {
  media: MediaStream | null;
  fault: string | null;
  cameras: Device[];
  microphones: Device[];
  choice: CameraChoice;
  choose: (choice: CameraChoice) => void;
  retry: () => void;
};

async function devices_of(kind: MediaDeviceKind): Promise<Device[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter((device) => device.kind === kind && device.deviceId !== "")
    .map((device, index) => ({ id: device.deviceId, label: device.label || `Device ${index + 1}` }));
}

const stop = (media: MediaStream) => media.getTracks().forEach((track) => track.stop());

/** The seller's camera and microphone, open while the component is there. */
export function useCamera(): Camera {
  const [choice, choose] = useState<CameraChoice>({});
  const [attempt, set_attempt] = useState(0);
  const [media, set_media] = useState<MediaStream | null>(null);
  const [fault, set_fault] = useState<string | null>(null);
  const [devices, set_devices] = useState<{ cameras: Device[]; microphones: Device[] }>({
    cameras: [],
    microphones: [],
  });

  useEffect(() => {
    let gone = false;
    let opened: MediaStream | null = null;
    // A device that was unplugged or taken away: another one is opened, or the reason is said.
    const reopen = () => gone || set_attempt((count) => count + 1);
    const open = async () => {
      try {
        opened = await open_camera(choice);
        if (gone) return stop(opened);
        const [cameras, microphones] = await Promise.all([
          devices_of("videoinput"),
          devices_of("audioinput"),
        ]);
        if (gone) return;
        for (const track of opened.getTracks()) track.addEventListener("ended", reopen);
        set_media(opened);
        set_fault(null);
        set_devices({ cameras, microphones });
      } catch (refusal) {
        if (!gone) set_fault(camera_sentence(refusal));
      }
    };
    void open();
    return () => {
      gone = true;
      if (opened) stop(opened);
    };
  }, [choice, attempt]);

  const retry = useCallback(() => set_attempt((count) => count + 1), []);
  return { media, fault, choice, choose, retry, ...devices };
}
