"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Holiday, OpeningHours, Store, Weekday } from "@/lib/api/types";
import { weekday_words, weekdays } from "@/lib/weekdays";
import { Button } from "@/ui/button";
import { Field, Input, Select } from "@/ui/field";
import { refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { hours_of, usual_hours, with_day, with_holiday } from "./hours-draft";
import { useChangeStore } from "./queries";

type DayProps = { weekday: Weekday; day: OpeningHours[]; on_change: (day: OpeningHours[]) => void };

function Day({ weekday, day, on_change }: DayProps) {
  const name = weekday_words[weekday];
  const change = (index: number, part: Partial<OpeningHours>) =>
    on_change(day.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return (
    <fieldset className="grid gap-2 border-t border-line pt-3">
      <legend className="contents font-semibold">{name}</legend>
      <div className="grid gap-2">
        {day.length === 0 && <p className="text-ink-muted">Closed</p>}
        {day.map((hours, index) => (
          <div key={index} className="flex flex-wrap items-center gap-2">
            <Input
              type="time"
              required
              aria-label={`${name} opens${index ? `, part ${index + 1}` : ""}`}
              value={hours.opens}
              className="w-32 px-2"
              onChange={(event) => change(index, { opens: event.target.value })}
            />
            <span aria-hidden>–</span>
            <Input
              type="time"
              required
              aria-label={`${name} closes${index ? `, part ${index + 1}` : ""}`}
              value={hours.closes}
              className="w-32 px-2"
              onChange={(event) => change(index, { closes: event.target.value })}
            />
            <Button
              look="quiet"
              size="icon-sm"
              aria-label={`Remove hours ${index + 1} of ${name}`}
              onClick={() => on_change(day.filter((_, at) => at !== index))}
            >
              <Trash2 aria-hidden />
            </Button>
          </div>
        ))}
      </div>
      <Button
        look="quiet"
        size="sm"
        className="justify-self-start"
        aria-label={`Add hours on ${name}`}
        onClick={() => on_change([...day, { weekday, ...usual_hours }])}
      >
        <Plus aria-hidden /> Add hours
      </Button>
    </fieldset>
  );
}

function Holidays({ holidays, on_change }: { holidays: Holiday[]; on_change: (all: Holiday[]) => void }) {
  const [date, set_date] = useState("");
  return (
    <div className="grid gap-2 border-t border-line pt-4">
      <h3 className="text-base">Closed on these days</h3>
      {holidays.length > 0 && (
        <ul aria-label="Holidays" className="flex flex-wrap gap-2">
          {holidays.map((holiday) => (
            <li key={holiday.date} className="flex items-center gap-1 rounded-md bg-sunken pl-3">
              {holiday.date}
              <Button
                look="quiet"
                size="icon-sm"
                aria-label={`Remove ${holiday.date}`}
                onClick={() => on_change(holidays.filter(({ date: other }) => other !== holiday.date))}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Date">
          <Input type="date" value={date} onChange={(event) => set_date(event.target.value)} />
        </Field>
        <Button
          look="outline"
          disabled={!date}
          onClick={() => {
            on_change(with_holiday(holidays, { date }));
            set_date("");
          }}
        >
          Add this day
        </Button>
      </div>
    </div>
  );
}

const zones = Intl.supportedValuesOf("timeZone");

/** When the store takes orders, in its own time zone. Without any hours it always does. */
export function HoursForm({ store }: { store: Store }) {
  const change = useChangeStore(store.id);
  const [hours, set_hours] = useState(store.opening_hours);
  const [holidays, set_holidays] = useState(store.holidays);
  const [time_zone, set_time_zone] = useState(store.time_zone);
  const known = zones.includes(store.time_zone) ? zones : [store.time_zone, ...zones];
  return (
    <Card className="p-5">
      <form
        aria-label="Opening hours"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { time_zone, opening_hours: hours, holidays },
            {
              onSuccess: () => toast("success", "Opening hours are saved"),
              onError: refused("Opening hours were not saved"),
            },
          );
        }}
      >
        <h2 className="text-lg">Opening hours</h2>
        <Field label="Time zone" hint="Hours, days and payouts are counted in it.">
          <Select value={time_zone} onChange={(event) => set_time_zone(event.target.value)}>
            {known.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Select>
        </Field>
        {hours.length === 0 && (
          <p className="text-ink-muted">No hours are set: customers may order at any time.</p>
        )}
        {weekdays.map((weekday) => (
          <Day
            key={weekday}
            weekday={weekday}
            day={hours_of(hours, weekday)}
            on_change={(day) => set_hours(with_day(hours, weekday, day))}
          />
        ))}
        <Holidays holidays={holidays} on_change={set_holidays} />
        <Button type="submit" busy={change.isPending} className="justify-self-start">
          Save opening hours
        </Button>
      </form>
    </Card>
  );
}
