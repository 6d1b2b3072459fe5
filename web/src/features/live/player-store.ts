"use client";

import { create } from "zustand";

type PlayerPreferences = {
  muted: boolean;
  set_muted: (muted: boolean) => void;
};

/** How the person wants to watch; kept from one stream to the next. */
export const usePlayerPreferences = create<PlayerPreferences>((set) => ({
  muted: false,
  set_muted: (muted) => set({ muted }),
}));
