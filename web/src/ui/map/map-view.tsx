"use client";

import "maplibre-gl/dist/maplibre-gl.css";
import {
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import { cn } from "../class-names";
import { Glide } from "./glide";
import { marker_element, type MarkerKind } from "./markers";
import { schematic_style, type Point } from "./schematic-style";

/** The style document of a tile server, set when building; without one the built-in schematic map is drawn. */
const style_url = process.env.NEXT_PUBLIC_MAP_STYLE_URL;

setWorkerUrl(new URL("maplibre-gl/dist/maplibre-gl-worker.mjs", import.meta.url).href);

export type MapMarker = Point & {
  key: string;
  kind: MarkerKind;
  label: string;
  on_drag?: (point: Point) => void;
  on_select?: () => void;
};

export type MapViewProps = {
  label: string;
  markers: MapMarker[];
  /** Straight lines between points, in order. */
  path?: Point[];
  on_click?: (point: Point) => void;
  className?: string;
};

type Placed = { marker: Marker; glide: Glide };

const PATH = "path";
const ZOOM_MAX = 15.5;

function draw_path(map: MapLibre, path: Point[]): void {
  const data: GeoJSON.Feature = {
    type: "Feature",
    properties: {},
    geometry: { type: "LineString", coordinates: path.map(({ lng, lat }) => [lng, lat]) },
  };
  const source = map.getSource(PATH);
  if (source && "setData" in source) {
    (source as unknown as { setData(data: GeoJSON.Feature): void }).setData(data);
    return;
  }
  map.addSource(PATH, { type: "geojson", data });
  map.addLayer({
    id: PATH,
    type: "line",
    source: PATH,
    layout: { "line-cap": "round" },
    paint: { "line-color": "#855fe0", "line-width": 3, "line-dasharray": [0.2, 2] },
  });
}

function fit(map: MapLibre, points: Point[], animate: boolean): void {
  const [first] = points;
  if (!first) return;
  const bounds = new LngLatBounds();
  for (const { lng, lat } of points) bounds.extend([lng, lat]);
  map.fitBounds(bounds, { padding: 64, maxZoom: ZOOM_MAX, animate });
}

export default function MapView({ label, markers, path, on_click, className }: MapViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const placed = useRef(new Map<string, Placed>());
  const [map, set_map] = useState<MapLibre | null>(null);
  const latest = useRef({ markers, on_click });
  useEffect(() => {
    latest.current = { markers, on_click };
  });

  useEffect(() => {
    if (!container.current) return;
    const centre = latest.current.markers[0] ?? { lat: 0, lng: 0 };
    const dark = document.documentElement.dataset.theme === "dark";
    const created = new MapLibre({
      container: container.current,
      style: style_url || schematic_style(centre, dark),
      center: [centre.lng, centre.lat],
      zoom: 13,
      attributionControl: style_url ? {} : false,
      cooperativeGestures: false,
    });
    created.addControl(new NavigationControl({ showCompass: false }), "top-right");
    created.addControl(new ScaleControl(), "bottom-left");
    fit(created, latest.current.markers, false);
    created.on("click", ({ lngLat }) => latest.current.on_click?.({ lat: lngLat.lat, lng: lngLat.lng }));
    created.once("load", () => set_map(created));
    const markers_of_map = placed.current;
    return () => {
      for (const { glide } of markers_of_map.values()) glide.stop();
      markers_of_map.clear();
      created.remove();
      set_map(null);
    };
  }, []);

  useEffect(() => {
    if (!map) return;
    place_markers(map, placed.current, markers);
    if (markers.some((marker) => !map.getBounds().contains([marker.lng, marker.lat])))
      fit(map, markers, true);
  }, [map, markers]);

  useEffect(() => {
    if (map && path) draw_path(map, path);
  }, [map, path]);

  const shown_keys = markers.map(({ key }) => key).join(" ");
  useEffect(() => {
    if (map) fit(map, latest.current.markers, true);
  }, [map, shown_keys]);

  return (
    <div className={cn("relative overflow-hidden rounded-lg border border-line", className)}>
      <div ref={container} role="region" aria-label={label} className="size-full" />
    </div>
  );
}

function place_markers(map: MapLibre, placed: Map<string, Placed>, markers: MapMarker[]): void {
  const keys = new Set(markers.map(({ key }) => key));
  for (const [key, { marker, glide }] of placed) {
    if (keys.has(key)) continue;
    glide.stop();
    marker.remove();
    placed.delete(key);
  }
  for (const each of markers) {
    const present = placed.get(each.key);
    if (present) present.glide.move_to(each);
    else placed.set(each.key, add_marker(map, each));
  }
}

function add_marker(map: MapLibre, { kind, label, on_drag, on_select, ...point }: MapMarker): Placed {
  const marker = new Marker({
    element: marker_element(kind, label, on_select),
    draggable: Boolean(on_drag),
    anchor: kind === "driver" ? "center" : "bottom",
  });
  const glide = new Glide(point, ({ lng, lat }) => void marker.setLngLat([lng, lat]));
  marker.addTo(map);
  marker.on("dragend", () => {
    const { lat, lng } = marker.getLngLat();
    on_drag?.({ lat, lng });
  });
  return { marker, glide };
}
