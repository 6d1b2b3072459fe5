import type { StyleSpecification } from "maplibre-gl";

export type Point = { lat: number; lng: number };

/** One line of the grid every this many degrees: about 550 m of latitude. */
const STEP_DEG = 0.005;
const LINES_EACH_WAY = 60;

/** Lines of latitude and longitude around a point: a map to scale that needs no network. */
function grid_around({ lat, lng }: Point): GeoJSON.FeatureCollection {
  const reach = STEP_DEG * LINES_EACH_WAY;
  const lat_0 = Math.round(lat / STEP_DEG) * STEP_DEG;
  const lng_0 = Math.round(lng / STEP_DEG) * STEP_DEG;
  const features: GeoJSON.Feature[] = [];
  for (let line = -LINES_EACH_WAY; line <= LINES_EACH_WAY; line++) {
    const at = line * STEP_DEG;
    const major = line % 4 === 0;
    features.push(
      segment([lng_0 - reach, lat_0 + at], [lng_0 + reach, lat_0 + at], major),
      segment([lng_0 + at, lat_0 - reach], [lng_0 + at, lat_0 + reach], major),
    );
  }
  return { type: "FeatureCollection", features };
}

function segment(from: [number, number], to: [number, number], major: boolean): GeoJSON.Feature {
  return {
    type: "Feature",
    properties: { major },
    geometry: { type: "LineString", coordinates: [from, to] },
  };
}

/** The style used where no tile server is configured. */
export function schematic_style(centre: Point, dark: boolean): StyleSpecification {
  return {
    version: 8,
    sources: { grid: { type: "geojson", data: grid_around(centre) } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": dark ? "#17121e" : "#eae7f0" } },
      {
        id: "grid",
        type: "line",
        source: "grid",
        paint: {
          "line-color": dark ? "#2b2436" : "#ffffff",
          "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.5, 16, ["case", ["get", "major"], 7, 3]],
        },
      },
    ],
  };
}
