"use client";

import { Minus, Plus } from "lucide-react";
import { Button } from "./button";

type StepperProps = {
  label: string;
  value: number;
  min?: number;
  max: number;
  on_change: (value: number) => void;
};

/** A small whole number with minus and plus. */
export function Stepper({ label, value, min = 1, max, on_change }: StepperProps) {
  return (
    <div
      role="group"
      aria-label={label}
      className="inline-flex items-center rounded-md border border-line-strong/60"
    >
      <Button
        look="quiet"
        size="icon-sm"
        aria-label={`Decrease ${label.toLowerCase()}`}
        disabled={value <= min}
        onClick={() => on_change(value - 1)}
      >
        <Minus aria-hidden />
      </Button>
      <output className="w-8 text-center font-semibold tabular-nums" aria-live="polite">
        {value}
      </output>
      <Button
        look="quiet"
        size="icon-sm"
        aria-label={`Increase ${label.toLowerCase()}`}
        disabled={value >= max}
        onClick={() => on_change(value + 1)}
      >
        <Plus aria-hidden />
      </Button>
    </div>
  );
}
