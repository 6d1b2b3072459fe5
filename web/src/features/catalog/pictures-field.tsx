"use client";

import { ArrowLeft, ImageUp, LoaderCircle, Trash2 } from "lucide-react";
import { useRef } from "react";
import { picture_fault, PICTURE_TYPES } from "@/lib/api/picture";
import { Button } from "@/ui/button";
import { refused } from "@/ui/loaded";
import { toast } from "@/ui/toast";
import { useUploadPicture } from "./queries";

type UploadButtonProps = { store_id: string; label: string; on_uploaded: (url: string) => void };

/** Chooses a picture on this device and keeps it at the server. */
export function UploadButton({ store_id, label, on_uploaded }: UploadButtonProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const upload = useUploadPicture(store_id);
  const choose = (file: File | undefined) => {
    if (!file) return;
    const fault = picture_fault(file);
    if (fault) toast("danger", "The picture was not sent", fault);
    else upload.mutate(file, { onSuccess: on_uploaded, onError: refused("The picture was not kept") });
  };
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept={PICTURE_TYPES.join(",")}
        className="hidden"
        aria-label={`${label}: file`}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Button look="outline" size="sm" disabled={upload.isPending} onClick={() => chooser.current?.click()}>
        {upload.isPending ? <LoaderCircle className="animate-spin" aria-hidden /> : <ImageUp aria-hidden />}
        {label}
      </Button>
    </>
  );
}

type PicturesFieldProps = {
  store_id: string;
  images: readonly string[];
  on_change: (images: string[]) => void;
};

const PICTURES_MAX = 20;

/** A product's pictures: the first one is shown in lists. */
export function PicturesField({ store_id, images, on_change }: PicturesFieldProps) {
  const without = (index: number) => images.filter((_, each) => each !== index);
  const forward = (index: number) => {
    const moved = without(index);
    moved.splice(index - 1, 0, images[index] ?? "");
    return moved;
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-semibold">Pictures</legend>
      {images.length === 0 ? (
        <p className="text-sm text-ink-muted">None yet. The first one is shown in lists.</p>
      ) : (
        <ul aria-label="Pictures" className="flex flex-wrap gap-3">
          {images.map((image, index) => (
            <li key={image} className="grid gap-1">
              <img
                src={image}
                alt={`Picture ${index + 1}`}
                className="size-24 rounded-md bg-sunken object-cover"
              />
              <span className="flex justify-between">
                <Button
                  look="quiet"
                  size="icon-sm"
                  aria-label={`Move picture ${index + 1} forward`}
                  disabled={index === 0}
                  onClick={() => on_change(forward(index))}
                >
                  <ArrowLeft aria-hidden />
                </Button>
                <Button
                  look="quiet"
                  size="icon-sm"
                  aria-label={`Remove picture ${index + 1}`}
                  onClick={() => on_change(without(index))}
                >
                  <Trash2 aria-hidden />
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {images.length < PICTURES_MAX && (
        <div>
          <UploadButton
            store_id={store_id}
            label="Add a picture"
            on_uploaded={(url) => on_change([...images, url])}
          />
        </div>
      )}
    </fieldset>
  );
}
