"use client";

import { Check } from "@/ui/check";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { useLivePreferences, useSetLivePreferences } from "./privacy-queries";

/** What live shows may tell of oneself. */
export function LivePreferences() {
  const preferences = useLivePreferences();
  const set = useSetLivePreferences();
  return (
    <Card role="region" aria-label="Live shows" className="p-5">
      <h2 className="mb-3 text-lg">Live shows</h2>
      <Loaded query={preferences} loading="Loading your preferences" className="h-12">
        {({ shows_first_name }) => (
          <Check
            label="Show my first name when I buy during a show"
            hint="Otherwise viewers read that somebody bought."
            checked={set.isPending ? set.variables : shows_first_name}
            disabled={set.isPending}
            onChange={(event) => set.mutate(event.target.checked, { onError: refused("Not changed") })}
          />
        )}
      </Loaded>
    </Card>
  );
}
