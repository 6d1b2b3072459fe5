"use client";

import { useQuery } from "@tanstack/react-query";
import { Star } from "lucide-react";
import { api, body_of } from "@/lib/api/client";
import type { StoreReview } from "@/lib/api/types";
import { Loaded } from "@/ui/loaded";
import { Stars } from "@/ui/stars";
import { EmptyState } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";

function Review({ review }: { review: StoreReview }) {
  return (
    <li>
      <Card className="grid gap-1.5 p-4">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Stars rating={review.rating} />
          <span className="font-semibold">{review.reviewer_name}</span>
          <Moment at={review.created_at} className="text-sm text-ink-muted" />
        </span>
        {review.review && <p className="text-pretty break-words">{review.review}</p>}
      </Card>
    </li>
  );
}

/** What customers say of a store after a delivery, the newest first. */
export function StoreReviews({ store_id }: { store_id: string }) {
  const reviews = useQuery({
    queryKey: ["reviews", store_id],
    queryFn: () => body_of(api.GET("/api/v1/stores/{store_id}/reviews", { params: { path: { store_id } } })),
  });
  return (
    <Loaded query={reviews} loading="Loading reviews">
      {({ rating, review_count, reviews: all }) =>
        review_count === 0 || rating === undefined ? (
          <EmptyState icon={Star} title="No reviews yet">
            Customers are asked for one when their order has arrived.
          </EmptyState>
        ) : (
          <div className="grid max-w-3xl gap-4">
            <p className="flex items-baseline gap-3">
              <span className="font-display text-4xl font-bold tabular-nums">{rating.toFixed(1)}</span>
              <span className="text-ink-muted">
                of 5, from {review_count} {review_count === 1 ? "review" : "reviews"}
              </span>
            </p>
            <ul aria-label="Reviews" className="grid gap-3">
              {all.map((review) => (
                <Review key={review.created_at + review.reviewer_name} review={review} />
              ))}
            </ul>
          </div>
        )
      }
    </Loaded>
  );
}
