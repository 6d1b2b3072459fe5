"use client";

import { useState } from "react";
import { weekday_words, weekdays } from "@/lib/weekdays";
import type { PayoutSchedule, PayoutSettings, Weekday } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Input, Select } from "@/ui/field";
import { format_minor, parse_money } from "@/ui/money";

type PayoutSettingsFormProps = {
  settings: PayoutSettings;
  /** Of the smallest amount. */
  currency: string;
  /** A store is paid by its own time zone; others say theirs. */
  with_time_zone?: boolean;
  busy: boolean;
  on_save: (settings: PayoutSettings) => void;
};

/** Each day or on one day of the week, and from which amount. */
export function PayoutSettingsForm(props: PayoutSettingsFormProps) {
  const { settings, currency, with_time_zone, busy, on_save } = props;
  const [typed, set_typed] = useState(settings);
  const [minimum, set_minimum] = useState(format_minor(settings.minimum_minor, currency));
  const minimum_minor = parse_money(minimum, currency);
  const set = (part: Partial<PayoutSettings>) => set_typed({ ...typed, ...part });
  return (
    <form
      aria-label="Payout schedule"
      className="grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (minimum_minor) on_save({ ...typed, minimum_minor });
      }}
    >
      <Field label="How often">
        <Select
          value={typed.schedule}
          onChange={(event) => set({ schedule: event.target.value as PayoutSchedule })}
        >
          <option value="daily">Every day</option>
          <option value="weekly">Every week</option>
        </Select>
      </Field>
      {typed.schedule === "weekly" && (
        <Field label="On">
          <Select value={typed.weekday} onChange={(event) => set({ weekday: event.target.value as Weekday })}>
            {weekdays.map((weekday) => (
              <option key={weekday} value={weekday}>
                {weekday_words[weekday]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field
        label={`From (${currency})`}
        hint="Less is carried to the next payout."
        error={minimum_minor ? undefined : "Enter an amount, like 10.00."}
      >
        <Input inputMode="decimal" value={minimum} onChange={(event) => set_minimum(event.target.value)} />
      </Field>
      {with_time_zone && (
        <Field label="Time zone">
          <Input
            required
            maxLength={64}
            value={typed.time_zone}
            onChange={(event) => set({ time_zone: event.target.value })}
          />
        </Field>
      )}
      <Button type="submit" busy={busy} className="justify-self-start sm:col-span-2">
        Save payout schedule
      </Button>
    </form>
  );
}
