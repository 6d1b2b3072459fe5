"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "../surfaces";

/** The map needs WebGL and half a megabyte of code: loaded in the browser, when it is shown. */
export const MapCanvas = dynamic(() => import("./map-view"), {
  ssr: false,
  loading: () => <Skeleton className="h-full min-h-48 w-full rounded-lg" />,
});
