"use client";

import { Camera, PackageCheck } from "lucide-react";
import { useRef, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { CompleteDelivery, Delivery } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { useKeepPhoto } from "./driver-queries";
import { SignaturePad } from "./signature-pad";

const PHOTO_TYPES = "image/jpeg,image/png,image/webp";

function PhotoOfParcel({ delivery }: { delivery: Delivery }) {
  const keep = useKeepPhoto(delivery.id);
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className="grid gap-1.5">
      <input
        ref={chooser}
        type="file"
        accept={PHOTO_TYPES}
        capture="environment"
        className="sr-only"
        tabIndex={-1}
        aria-label="Photo of the parcel"
        onChange={(event) => {
          const [photo] = event.target.files ?? [];
          if (photo) keep.mutate(photo);
          event.target.value = "";
        }}
      />
      <Button look="outline" busy={keep.isPending} onClick={() => chooser.current?.click()}>
        <Camera aria-hidden /> {keep.isSuccess ? "Take another photo" : "Take a photo of the parcel"}
      </Button>
      {keep.isSuccess && (
        <p role="status" className="text-sm text-success">
          The photo is kept.
        </p>
      )}
      {keep.isError && <Notice>{sentence_of(keep.error)}</Notice>}
      {!keep.isSuccess && (
        <p className="text-sm text-ink-muted">
          {delivery.needs_photo ? "The store asks for one." : "Where you leave it, if nobody takes it."}
        </p>
      )}
    </div>
  );
}

type HandOverProps = { delivery: Delivery; busy: boolean; on_complete: (proof: CompleteDelivery) => void };

/** What proves that the parcel was handed over, as far as its store asks for it, and the last step. */
export function HandOver({ delivery, busy, on_complete }: HandOverProps) {
  const [note, set_note] = useState("");
  const [code, set_code] = useState("");
  const [signature, set_signature] = useState("");
  const code_missing = delivery.needs_code && code.length !== 4;
  const signature_missing = delivery.needs_signature && !signature;
  return (
    <form
      aria-label="Handing over"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        on_complete({
          ...(note.trim() && { note: note.trim() }),
          ...(code && { code }),
          ...(signature && { signature }),
        });
      }}
    >
      {delivery.needs_code && (
        <Field label="Code of the customer" hint="Four digits that the customer tells you at the door">
          <Input
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            value={code}
            onChange={(event) => set_code(event.target.value.replace(/\D/g, ""))}
          />
        </Field>
      )}
      <PhotoOfParcel delivery={delivery} />
      {delivery.needs_signature && <SignaturePad value={signature} on_change={set_signature} />}
      <Field label="Note on the delivery" optional>
        <Input
          placeholder="Left with a neighbour…"
          maxLength={500}
          value={note}
          onChange={(event) => set_note(event.target.value)}
        />
      </Field>
      <Button type="submit" size="lg" busy={busy} disabled={code_missing || signature_missing}>
        <PackageCheck aria-hidden /> Complete delivery
      </Button>
    </form>
  );
}
