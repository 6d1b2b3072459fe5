"use client";

import { useRef, useState, type PointerEvent } from "react";
import { Button } from "@/ui/button";

const WIDTH = 600;
const HEIGHT = 200;
/** The server takes this many characters of path data. */
const PATH_MAX = 20_000;

type SignaturePadProps = {
  /** Path data of SVG in a box of 600 by 200; empty: nothing is signed. */
  value: string;
  on_change: (path: string) => void;
};

/** A line to sign on, with a finger, a pen or a mouse. */
export function SignaturePad({ value, on_change }: SignaturePadProps) {
  const box = useRef<SVGSVGElement>(null);
  const [drawing, set_drawing] = useState(false);

  const add = (event: PointerEvent, command: "M" | "L") => {
    const frame = box.current?.getBoundingClientRect();
    if (!frame || value.length > PATH_MAX - 16) return;
    const inside = (share: number, size: number) => Math.round(Math.min(1, Math.max(0, share)) * size);
    const x = inside((event.clientX - frame.left) / frame.width, WIDTH);
    const y = inside((event.clientY - frame.top) / frame.height, HEIGHT);
    on_change(`${value}${value && " "}${command}${x} ${y}`);
  };

  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between">
        <span className="text-sm font-semibold">Signature of the customer</span>
        <Button look="quiet" size="sm" disabled={!value} onClick={() => on_change("")}>
          Clear signature
        </Button>
      </div>
      <svg
        ref={box}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={value ? "Signature" : "Place to sign"}
        className="aspect-3/1 w-full touch-none rounded-md border border-line-strong bg-surface"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          set_drawing(true);
          add(event, "M");
        }}
        onPointerMove={(event) => drawing && add(event, "L")}
        onPointerUp={() => set_drawing(false)}
        onPointerCancel={() => set_drawing(false)}
      >
        <line x1="24" y1="160" x2="576" y2="160" stroke="var(--line-strong)" strokeDasharray="4 6" />
        <path d={value} fill="none" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
      </svg>
    </div>
  );
}
