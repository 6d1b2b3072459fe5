import type { StyleSpecification } from "maplibre-gl";

export type Point = { lat: number; lng: number };

/** A cell of the grid, in metres; every fifth line is drawn broad. */
const CELL_M = 120;
const LINES_EACH_WAY = 100;
const MAJOR_EVERY = 5;
const METRES_PER_DEGREE = 111_320;

/** Square cells around a point: a map to scale that needs no network. */
function grid_around({ lat, lng }: Point): GeoJSON.FeatureCollection {
  const step_lat = CELL_M / METRES_PER_DEGREE;
  const step_lng = step_lat / Math.max(0.1, Math.cos((lat * Math.PI) / 180));
  const [lat_0, lng_0] = [Math.round(lat / step_lat) * step_lat, Math.round(lng / step_lng) * step_lng];
  const [reach_lat, reach_lng] = [step_lat * LINES_EACH_WAY, step_lng * LINES_EACH_WAY];
  const features: GeoJSON.Feature[] = [];
  for (let line = -LINES_EACH_WAY; line <= LINES_EACH_WAY; line++) {
    const major = line % MAJOR_EVERY === 0;
    const [line_lat, line_lng] = [lat_0 + line * step_lat, lng_0 + line * step_lng];
    features.push(
      segment([lng_0 - reach_lng, line_lat], [lng_0 + reach_lng, line_lat], major),
      segment([line_lng, lat_0 - reach_lat], [line_lng, lat_0 + reach_lat], major),
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
          "line-width": [
            "interpolate",
            ["exponential", 2],
            ["zoom"],
            12,
            ["case", ["get", "major"], 1.5, 0.25],
            17,
            ["case", ["get", "major"], 18, 6],
          ],
        },
      },
    ],
  };
}
