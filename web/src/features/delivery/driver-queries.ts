"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { CompleteDelivery, Delivery, FailDelivery, Offer } from "@/lib/api/types";
import { useChange } from "@/lib/api/use-change";
import { useEvents } from "@/lib/realtime/use-events";
import { delivery_keys } from "./queries";

/** Whether the driver is on duty, may carry parcels, and how customers rate them. */
export function useDuty() {
  return useQuery({
    queryKey: delivery_keys.duty,
    queryFn: () => body_of(api.GET("/api/v1/deliveries/availability")),
  });
}

/** What the driver is being asked right now; each question and its end are told by socket. */
export function useOffers() {
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: delivery_keys.offers });
  useEvents({ "delivery:offer": refresh, opened: refresh });
  return useQuery({
    queryKey: delivery_keys.offers,
    queryFn: async () => (await body_of(api.GET("/api/v1/deliveries/offers"))).offers,
    select: (offers: Offer[]) => offers.filter(({ status }) => status === "open"),
  });
}

/** Takes an offered job, or leaves it to the next driver. */
export function useAnswerOffer() {
  return useChange(
    [delivery_keys.all],
    async ({ offer_id, accept }: { offer_id: string; accept: boolean }) => {
      const params = { path: { offer_id } };
      if (accept) await body_of(api.POST("/api/v1/deliveries/offers/{offer_id}/accept", { params }));
      else await body_of(api.POST("/api/v1/deliveries/offers/{offer_id}/decline", { params }));
    },
  );
}

export type JobStep =
  | { step: "accept" | "arrive" | "pickup" | "depart" | "return" | "cancel" }
  | { step: "complete"; proof: CompleteDelivery }
  | { step: "fail"; report: FailDelivery };

function take_step(delivery_id: string, step: JobStep): Promise<Delivery> {
  const params = { path: { delivery_id } };
  switch (step.step) {
    case "accept":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/accept", { params }));
    case "arrive":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/arrive", { params }));
    case "pickup":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/pickup", { params }));
    case "depart":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/depart", { params }));
    case "return":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/return", { params }));
    case "cancel":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/cancel", { params }));
    case "complete":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/complete", { params, body: step.proof }));
    case "fail":
      return body_of(api.POST("/api/v1/deliveries/{delivery_id}/fail", { params, body: step.report }));
  }
}

/** One step of a job by its driver. */
export function useJobStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ delivery_id, ...step }: { delivery_id: string } & JobStep) => take_step(delivery_id, step),
    onSettled: () =>
      Promise.all(
        [delivery_keys.all, ["balance"], ["earnings"]].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** Keeps the photo of the parcel; another one replaces it. */
export function useKeepPhoto(delivery_id: string) {
  return useMutation({
    mutationFn: (photo: File) =>
      body_of(
        api.PUT("/api/v1/deliveries/{delivery_id}/proof/photo", {
          params: { path: { delivery_id } },
          body: photo as unknown as string,
          bodySerializer: (body: unknown) => body as File,
          headers: { "Content-Type": photo.type },
        }),
      ),
  });
}
