"use client";

import { Bike, LocateOff } from "lucide-react";
import { useMemo } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Delivery } from "@/lib/api/types";
import type { Position } from "@/lib/realtime/events";
import { MapCanvas } from "@/ui/map/map";
import type { MapMarker } from "@/ui/map/map-view";
import { EmptyState, ErrorState, Notice } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { ActiveJob } from "./active-job";
import { useAvailability } from "./availability";
import { AvailabilitySwitch } from "./availability-switch";
import { JobCard } from "./job-card";
import { usePosition } from "./position";
import { active_job, useJobStep, useMyDeliveries, useNearbyJobs } from "./queries";

/** The driver's day: on or off duty, jobs nearby, and the job in hand before all else. */
export function DriverJobs() {
  const mine = useMyDeliveries();
  const { available, change } = useAvailability();
  const job = mine.data ? active_job(mine.data) : null;
  const on_duty = available || job !== null;
  const { position, fault } = usePosition(on_duty, on_duty);

  if (mine.isLoadingError)
    return <ErrorState message={sentence_of(mine.error)} on_retry={() => mine.refetch()} />;
  if (!mine.data) return <Skeleton className="h-80" aria-label="Loading your jobs" />;
  return (
    <div className="grid gap-5">
      {fault && <Notice tone="warning">{fault}</Notice>}
      {job ? (
        <ActiveJob delivery={job} position={position} />
      ) : (
        <>
          <AvailabilitySwitch available={available} busy={change.isPending} change={change.mutate} />
          {available && <NearbyJobs position={position} located={!fault} />}
        </>
      )}
    </div>
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
