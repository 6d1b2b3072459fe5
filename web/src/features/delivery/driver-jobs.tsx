"use client";

import { Bike, IdCard, LocateOff } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Delivery } from "@/lib/api/types";
import type { Position } from "@/lib/realtime/events";
import { Button } from "@/ui/button";
import { MapCanvas } from "@/ui/map/map";
import type { MapMarker } from "@/ui/map/map-view";
import { Stars } from "@/ui/stars";
import { EmptyState, ErrorState, Notice } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { ActiveJob } from "./active-job";
import { useAvailability } from "./availability";
import { AvailabilitySwitch } from "./availability-switch";
import { useJobStep, useOffers } from "./driver-queries";
import { JobCard } from "./job-card";
import { OfferCard } from "./offer-card";
import { usePosition } from "./position";
import { active_job, useMyDeliveries, useNearbyJobs } from "./queries";

/** The driver's day: on or off duty, what is offered, jobs nearby, and the job in hand before all else. */
export function DriverJobs() {
  const mine = useMyDeliveries();
  const { duty, available, change } = useAvailability();
  const job = mine.data ? active_job(mine.data) : null;
  const on_duty = available || job !== null;
  const { position, fault } = usePosition(on_duty, on_duty);

  if (mine.isLoadingError)
    return <ErrorState message={sentence_of(mine.error)} on_retry={() => mine.refetch()} />;
  if (duty.isLoadingError)
    return <ErrorState message={sentence_of(duty.error)} on_retry={() => duty.refetch()} />;
  if (!mine.data || !duty.data) return <Skeleton className="h-80" aria-label="Loading your jobs" />;
  if (!duty.data.is_verified && !job) return <NotVerified />;
  return (
    <div className="grid gap-5">
      {fault && <Notice tone="warning">{fault}</Notice>}
      {job ? (
        <ActiveJob delivery={job} position={position} />
      ) : (
        <>
          <AvailabilitySwitch available={available} busy={change.isPending} change={change.mutate} />
          {duty.data.rating !== undefined && (
            <p className="flex items-center gap-2 text-sm text-ink-muted">
              <Stars rating={duty.data.rating} /> from {duty.data.rating_count}{" "}
              {duty.data.rating_count === 1 ? "customer" : "customers"}
            </p>
          )}
          {available && <Offers />}
          {available && <NearbyJobs position={position} located={!fault} />}
        </>
      )}
    </div>
  );
}

/** Who carries parcels is known to us: the way there, for those who are not yet. */
function NotVerified() {
  return (
    <EmptyState
      icon={IdCard}
      title="Verify your identity first"
      action={
        <Button asChild>
          <Link href="/account/verification">Hand in your documents</Link>
        </Button>
      }
    >
      Only verified drivers carry parcels. As soon as your papers are accepted, jobs appear here.
    </EmptyState>
  );
}

function Offers() {
  const offers = useOffers();
  if (offers.isLoadingError)
    return <ErrorState message={sentence_of(offers.error)} on_retry={() => offers.refetch()} />;
  if (!offers.data || offers.data.length === 0) return null;
  return (
    <section aria-label="Offered to you" className="grid gap-4">
      {offers.data.map((offer) => (
        <OfferCard key={offer.id} offer={offer} />
      ))}
    </section>
  );
}

function NearbyJobs({ position, located }: { position: Position | null; located: boolean }) {
  const jobs = useNearbyJobs(position);
  const step = useJobStep();
  const markers = useMemo(() => markers_of(jobs.data ?? [], position), [jobs.data, position]);

  if (!located) {
    return (
      <EmptyState icon={LocateOff} title="Where are you?">
        Jobs are searched around your position.
      </EmptyState>
    );
  }
  if (jobs.isLoadingError)
    return <ErrorState message={sentence_of(jobs.error)} on_retry={() => jobs.refetch()} />;
  if (!jobs.data) return <Skeleton className="h-64" aria-label="Looking for jobs nearby" />;
  return (
    <section aria-label="Jobs nearby" className="grid gap-4">
      <MapCanvas label="Map of jobs nearby" markers={markers} className="h-56" />
      {step.isError && <Notice>{sentence_of(step.error)}</Notice>}
      {jobs.data.length === 0 ? (
        <EmptyState icon={Bike} title="No jobs nearby right now">
          New ones appear here by themselves.
        </EmptyState>
      ) : (
        jobs.data.map((delivery) => (
          <JobCard
            key={delivery.id}
            delivery={delivery}
            busy={step.isPending && step.variables.delivery_id === delivery.id}
            disabled={step.isPending}
            on_accept={() => step.mutate({ delivery_id: delivery.id, step: "accept" })}
          />
        ))
      )}
    </section>
  );
}

function markers_of(jobs: readonly Delivery[], position: Position | null): MapMarker[] {
  const pins = jobs.map((job): MapMarker => ({
    key: job.id,
    kind: "job",
    label: `Job ${job.order_number} at ${job.store_name}`,
    lat: job.pickup_address.lat,
    lng: job.pickup_address.lng,
  }));
  if (!position) return pins;
  return [{ key: "me", kind: "driver", label: "You", lat: position.lat, lng: position.lng }, ...pins];
}
