"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { show_on_form } from "@/lib/api/form-errors";
import type { Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Check } from "@/ui/check";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { Notice } from "@/ui/states";
import { useChangeStream, usePlanStream } from "./host-queries";
import { change_show_input, plan_input, show_draft, show_schema, type ShowDraft } from "./show-draft";

type ShowFormProps = {
  store_id: string;
  /** The show to change; null to plan one. */
  stream: Stream | null;
  on_saved: (stream: Stream) => void;
};

const switches = [
  ["chat_enabled", "Chat"],
  ["reactions_enabled", "Reactions"],
  ["requests_enabled", "Viewers may ask for products"],
  ["recording_enabled", "Record the show"],
] as const;

/** What a show is called, when and for whom it is, and what viewers may do. */
export function ShowForm({ store_id, stream, on_saved }: ShowFormProps) {
  const plan = usePlanStream();
  const change = useChangeStream(stream?.id ?? "");
  const form = useForm<ShowDraft>({ resolver: zodResolver(show_schema), defaultValues: show_draft(stream) });
  const { errors } = form.formState;
  const is_planned = stream === null || stream.status === "scheduled";

  const submit = form.handleSubmit((draft) =>
    (stream
      ? change.mutateAsync(change_show_input(draft, stream))
      : plan.mutateAsync(plan_input(draft, store_id))
    ).then(on_saved, (fault: unknown) =>
      show_on_form(fault, form.setError, ["title", "description", "scheduled_at"]),
    ),
  );
  return (
    <form onSubmit={submit} noValidate aria-label="Show" className="grid gap-4">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Title" error={errors.title?.message}>
        <Input {...form.register("title")} />
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        <Textarea rows={2} {...form.register("description")} />
      </Field>
      {is_planned && (
        <div className="grid gap-4">
          <Field label="When" optional error={errors.scheduled_at?.message}>
            <Input type="datetime-local" {...form.register("scheduled_at")} />
          </Field>
          <Field label="For whom">
            <Select {...form.register("type")}>
              <option value="public">Everybody</option>
              <option value="private">Only who has the link</option>
            </Select>
          </Field>
        </div>
      )}
      <fieldset className="grid gap-2.5">
        <legend className="mb-2 text-sm font-semibold">In this show</legend>
        {switches.map(([name, label]) => (
          <Check key={name} label={label} {...form.register(name)} />
        ))}
      </fieldset>
      <Field
        label="Slow mode (seconds)"
        hint="So long each viewer waits between two messages; 0 is off."
        error={errors.slow_mode_s?.message}
      >
        <Input inputMode="numeric" {...form.register("slow_mode_s")} />
      </Field>
      <Button type="submit" size="lg" busy={plan.isPending || change.isPending}>
        {stream ? "Save show" : "Plan this show"}
      </Button>
    </form>
  );
}
