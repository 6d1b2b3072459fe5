"use client";

import { Crosshair } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../button";
import { MapCanvas } from "../map/map";
import type { Point } from "../map/schematic-style";

type LocationPickerProps = {
  value: Point | null;
  /** Where the map starts while nothing is chosen. */
  near: Point;
  on_change: (point: Point) => void;
};

const LOCATE_TIMEOUT_MS = 10_000;
const REFUSED = "Your location was not available. Put the pin on the map instead.";

/** Six decimals are a tenth of a metre; more would only be noise. */
const rounded = ({ lat, lng }: Point): Point => ({
  lat: Number(lat.toFixed(6)),
  lng: Number(lng.toFixed(6)),
});

export function LocationPicker({ value, near, on_change }: LocationPickerProps) {
  const [fault, set_fault] = useState<string | null>(null);
  const [locating, set_locating] = useState(false);

  const locate = () => {
    set_locating(true);
    set_fault(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        set_locating(false);
        on_change(rounded({ lat: coords.latitude, lng: coords.longitude }));
      },
      () => {
        set_locating(false);
        set_fault(REFUSED);
      },
      { enableHighAccuracy: true, timeout: LOCATE_TIMEOUT_MS },
    );
  };

  const markers = useMemo(
    () => [
      {
        ...(value ?? near),
        key: "pin",
        kind: "home" as const,
        label: "Chosen place",
        on_drag: (point: Point) => on_change(rounded(point)),
      },
    ],
    [value, near, on_change],
  );

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button look="outline" size="sm" busy={locating} onClick={locate}>
          <Crosshair aria-hidden /> Use my current location
        </Button>
        <span className="text-sm text-ink-muted tabular-nums" aria-live="polite">
          {value ? `${value.lat.toFixed(5)}, ${value.lng.toFixed(5)}` : "or tap the map"}
        </span>
      </div>
      {fault && <p className="text-sm text-danger">{fault}</p>}
      <MapCanvas
        label="Map: tap where it is"
        className="h-44"
        markers={markers}
        on_click={(point) => on_change(rounded(point))}
      />
    </div>
  );
}
