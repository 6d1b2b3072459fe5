"use client";

import { VideoOff } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "@/ui/button";
import { Field, Select } from "@/ui/field";
import { Skeleton } from "@/ui/surfaces";
import type { Camera } from "./use-camera";

/** What the viewers will see: not mirrored, since labels are held into the camera. */
export function CameraPreview({ camera, children }: { camera: Camera; children?: ReactNode }) {
  const element = useRef<HTMLVideoElement>(null);
  const { media, fault, retry } = camera;
  useEffect(() => {
    if (element.current) element.current.srcObject = media;
  }, [media]);

  return (
    <div className="relative aspect-video w-full overflow-hidden rounded-xl bg-[#120e18]">
      {fault ? (
        <div
          role="alert"
          className="grid size-full place-content-center justify-items-center gap-3 p-6 text-center text-white"
        >
          <VideoOff className="size-8" aria-hidden />
          <p className="max-w-sm">{fault}</p>
          <Button look="glass" onClick={retry}>
            Try again
          </Button>
        </div>
      ) : (
        <>
          {!media && <Skeleton className="absolute inset-0 rounded-none" />}
          <video
            ref={element}
            aria-label="Camera preview"
            autoPlay
            muted
            playsInline
            className="absolute inset-0 size-full object-contain"
          />
        </>
      )}
      {children}
    </div>
  );
}

export function DeviceChoice({ camera }: { camera: Camera }) {
  const { cameras, microphones, choice, choose } = camera;
  if (cameras.length + microphones.length === 0) return null;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Camera">
        <Select
          value={choice.video_id ?? cameras[0]?.id ?? ""}
          disabled={cameras.length === 0}
          onChange={(event) => choose({ ...choice, video_id: event.target.value })}
        >
          {cameras.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Microphone">
        <Select
          value={choice.audio_id ?? microphones[0]?.id ?? ""}
          disabled={microphones.length === 0}
          onChange={(event) => choose({ ...choice, audio_id: event.target.value })}
        >
          {microphones.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
