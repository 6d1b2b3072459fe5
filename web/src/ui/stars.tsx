"use client";

import { Star } from "lucide-react";
import { useId } from "react";
import { cn } from "./class-names";

const STARS = [1, 2, 3, 4, 5];

/** A rating as stars, rounded to whole ones, with the figure for screen readers. */
export function Stars({ rating, className }: { rating: number; className?: string }) {
  return (
    <span
      role="img"
      aria-label={`${rating.toLocaleString("en", { maximumFractionDigits: 1 })} of 5 stars`}
      className={cn("inline-flex gap-0.5", className)}
    >
      {STARS.map((star) => (
        <Star
          key={star}
          aria-hidden
          className={cn(
            "size-4",
            star <= Math.round(rating) ? "fill-accent text-warning" : "text-line-strong",
          )}
        />
      ))}
    </span>
  );
}

type StarsFieldProps = {
  label: string;
  /** 0 while nothing is chosen. */
  value: number;
  on_change: (value: number) => void;
};

/** One to five stars to choose. */
export function StarsField({ label, value, on_change }: StarsFieldProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold">{label}</legend>
      <div className="flex">
        {STARS.map((star) => (
          <label
            key={star}
            className="grid size-11 cursor-pointer place-items-center rounded-md has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={star}
              checked={value === star}
              onChange={() => on_change(star)}
              aria-label={star === 1 ? "1 star" : `${star} stars`}
              className="sr-only"
            />
            <Star
              aria-hidden
              className={cn("size-7", star <= value ? "fill-accent text-warning" : "text-line-strong")}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
