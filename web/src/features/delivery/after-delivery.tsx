"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { sentence_of } from "@/lib/api/problem";
import type { Proof, RateDelivery, Tracking } from "@/lib/api/types";
import { useChange } from "@/lib/api/use-change";
import { Button } from "@/ui/button";
import { Field, Input, Textarea } from "@/ui/field";
import { Loaded } from "@/ui/loaded";
import { Notice } from "@/ui/states";
import { Stars, StarsField } from "@/ui/stars";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { before_pickup } from "./delivery-words";
import { delivery_keys } from "./queries";

/** The four digits that the customer tells the driver. */
export function DoorCode({ code }: { code: string }) {
  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-1 border-accent p-4">
      <KeyRound className="size-6 text-ink-muted" aria-hidden />
      <p className="flex-1">
        <span className="block font-semibold">Your code for the door</span>
        <span className="text-sm text-ink-muted">Tell it to the driver when you have the parcel.</span>
      </p>
      <output aria-label="Code for the door" className="font-display text-3xl font-bold tracking-[0.2em]">
        {code}
      </output>
    </Card>
  );
}

/** What the driver should know; it can be changed until the parcel is handed over. */
export function NoteForDriver({ delivery }: Pick<Tracking, "delivery">) {
  const [note, set_note] = useState(delivery.note ?? "");
  const save = useChange([delivery_keys.tracking(delivery.id)], (text: string) =>
    body_of(
      api.PUT("/api/v1/deliveries/{delivery_id}/note", {
        params: { path: { delivery_id: delivery.id } },
        body: { note: text },
      }),
    ),
  );
  return (
    <form
      aria-label="Note for the driver"
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(note.trim(), { onSuccess: () => toast("success", "The driver sees your note") });
      }}
    >
      <Field label="Note for the driver" optional error={save.isError ? sentence_of(save.error) : undefined}>
        <Input
          placeholder="Ring at the gate…"
          maxLength={500}
          value={note}
          onChange={(event) => set_note(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        look="outline"
        size="sm"
        busy={save.isPending}
        disabled={note.trim() === (delivery.note ?? "")}
        className="justify-self-start"
      >
        {before_pickup.has(delivery.status) ? "Save note" : "Tell the driver"}
      </Button>
    </form>
  );
}

function ProofPhoto({ delivery_id }: { delivery_id: string }) {
  const photo = useQuery({
    queryKey: delivery_keys.photo(delivery_id),
    queryFn: () =>
      body_of<Blob>(
        api.GET("/api/v1/deliveries/{delivery_id}/proof/photo", {
          params: { path: { delivery_id } },
          parseAs: "blob",
        }),
      ),
    staleTime: Infinity,
    gcTime: 0,
  });
  const address = useMemo(() => (photo.data ? URL.createObjectURL(photo.data) : undefined), [photo.data]);
  useEffect(() => {
    if (address) return () => URL.revokeObjectURL(address);
  }, [address]);
  return (
    <Loaded query={{ ...photo, data: address }} loading="Loading the photo" className="h-48">
      {(src) => (
        <img
          src={src}
          alt="The parcel where it was left"
          className="max-h-80 rounded-md border border-line object-contain"
        />
      )}
    </Loaded>
  );
}

function ProofParts({ proof, delivery_id }: { proof: Proof; delivery_id: string }) {
  const { has_photo, signature, code_given, note, failure_note } = proof;
  return (
    <div className="grid justify-items-start gap-3">
      {has_photo && <ProofPhoto delivery_id={delivery_id} />}
      {signature && (
        <svg
          viewBox="0 0 600 200"
          role="img"
          aria-label="Signature"
          className="h-24 rounded-md border border-line"
        >
          <path d={signature} fill="none" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
        </svg>
      )}
      {code_given && <p>The code for the door was given.</p>}
      {note && <p>The driver wrote: {note}</p>}
      {failure_note && <p>The driver wrote: {failure_note}</p>}
      {!has_photo && !signature && !code_given && !note && !failure_note && (
        <p className="text-ink-muted">The driver confirmed it; the store asked for no other proof.</p>
      )}
    </div>
  );
}

/** What shows that the parcel was handed over, or why it was not. */
export function DeliveryProof({ delivery_id }: { delivery_id: string }) {
  const proof = useQuery({
    queryKey: delivery_keys.proof(delivery_id),
    queryFn: () =>
      body_of(api.GET("/api/v1/deliveries/{delivery_id}/proof", { params: { path: { delivery_id } } })),
  });
  return (
    <Card role="region" aria-label="Proof of delivery" className="grid gap-3 p-4">
      <h2 className="text-lg">Proof of delivery</h2>
      <Loaded query={proof} loading="Loading the proof" className="h-16">
        {(parts) => <ProofParts proof={parts} delivery_id={delivery_id} />}
      </Loaded>
    </Card>
  );
}

function Given({ tracking: { rating, store_rating, delivery } }: { tracking: Tracking }) {
  return (
    <dl className="grid gap-2">
      {rating !== undefined && (
        <div className="flex justify-between gap-4">
          <dt>The driver</dt>
          <dd>
            <Stars rating={rating} />
          </dd>
        </div>
      )}
      {store_rating !== undefined && (
        <div className="flex justify-between gap-4">
          <dt>{delivery.store_name}</dt>
          <dd>
            <Stars rating={store_rating} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function RatingForm({ tracking: { delivery, driver_name } }: { tracking: Tracking }) {
  const queries = useQueryClient();
  const [rating, set_rating] = useState(0);
  const [review, set_review] = useState("");
  const [store_rating, set_store_rating] = useState(0);
  const [store_review, set_store_review] = useState("");
  const rate = useMutation({
    mutationFn: (body: RateDelivery) =>
      body_of(
        api.POST("/api/v1/deliveries/{delivery_id}/rating", {
          params: { path: { delivery_id: delivery.id } },
          body,
        }),
      ),
    onSuccess: () => toast("success", "Thank you for your rating"),
    onSettled: () => queries.invalidateQueries({ queryKey: delivery_keys.tracking(delivery.id) }),
  });
  return (
    <form
      aria-label="Rating"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        rate.mutate({
          rating,
          ...(review.trim() && { review: review.trim() }),
          ...(store_rating > 0 && { store_rating }),
          ...(store_rating > 0 && store_review.trim() && { store_review: store_review.trim() }),
        });
      }}
    >
      {rate.isError && <Notice>{sentence_of(rate.error)}</Notice>}
      <StarsField
        label={driver_name ? `The driver, ${driver_name}` : "The driver"}
        value={rating}
        on_change={set_rating}
      />
      <Field label="About the driver" optional>
        <Textarea maxLength={1000} value={review} onChange={(event) => set_review(event.target.value)} />
      </Field>
      <StarsField
        label={`The store, ${delivery.store_name}`}
        value={store_rating}
        on_change={set_store_rating}
      />
      <Field label="About the store" optional hint="Shown on the store's page">
        <Textarea
          maxLength={1000}
          value={store_review}
          onChange={(event) => set_store_review(event.target.value)}
        />
      </Field>
      <Button type="submit" busy={rate.isPending} disabled={rating === 0} className="justify-self-start">
        Send rating
      </Button>
    </form>
  );
}

/** Stars and words for driver and store, once; afterwards what was given. */
export function RateTheDelivery({ tracking }: { tracking: Tracking }) {
  return (
    <Card role="region" aria-label="Your rating" className="grid gap-3 p-4">
      <h2 className="text-lg">{tracking.rating === undefined ? "How was it?" : "Your rating"}</h2>
      {tracking.rating === undefined ? <RatingForm tracking={tracking} /> : <Given tracking={tracking} />}
    </Card>
  );
}
