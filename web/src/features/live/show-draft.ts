import { z } from "zod";
import type { ChangeStream, CreateStream, Stream, StreamSettings } from "@/lib/api/types";

export const show_schema = z.object({
  title: z.string().trim().min(1, "Give the show a title.").max(255),
  description: z.string().trim().max(5000),
  /** As a datetime-local field holds it, in the reader's own zone; empty: no date yet. */
  scheduled_at: z.string(),
  type: z.enum(["public", "private"]),
  chat_enabled: z.boolean(),
  reactions_enabled: z.boolean(),
  requests_enabled: z.boolean(),
  recording_enabled: z.boolean(),
  slow_mode_s: z
    .string()
    .refine((typed) => /^\d{1,3}$/.test(typed) && Number(typed) <= 300, "Enter 0 to 300 seconds."),
});

export type ShowDraft = z.infer<typeof show_schema>;

/** "2031-05-04T18:30" of a moment, by the reader's clock. */
export function local_of(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${date}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

const usual: StreamSettings = {
  chat_enabled: true,
  reactions_enabled: true,
  requests_enabled: true,
  slow_mode_s: 0,
  recording_enabled: true,
};

export function show_draft(stream: Stream | null): ShowDraft {
  const { slow_mode_s, ...settings } = stream?.settings ?? usual;
  return {
    title: stream?.title ?? "",
    description: stream?.description ?? "",
    scheduled_at: stream?.scheduled_at ? local_of(new Date(stream.scheduled_at)) : "",
    type: stream?.type ?? "public",
    slow_mode_s: String(slow_mode_s),
    ...settings,
  };
}

function settings_of(draft: ShowDraft): StreamSettings {
  const { chat_enabled, reactions_enabled, requests_enabled, recording_enabled, slow_mode_s } = draft;
  return {
    chat_enabled,
    reactions_enabled,
    requests_enabled,
    recording_enabled,
    slow_mode_s: Number(slow_mode_s),
  };
}

const moment_of = (local: string) => (local ? { scheduled_at: new Date(local).toISOString() } : {});

export function plan_input(draft: ShowDraft, store_id: string): CreateStream {
  const { title, description, type } = draft;
  return {
    store_id,
    title,
    ...(description && { description }),
    type,
    ...moment_of(draft.scheduled_at),
    settings: settings_of(draft),
  };
}

/** When and for whom it is can be changed until it starts. */
export function change_show_input(draft: ShowDraft, stream: Stream): ChangeStream {
  const { title, description, type } = draft;
  const planned = stream.status === "scheduled" ? { type, ...moment_of(draft.scheduled_at) } : {};
  return { title, description, settings: settings_of(draft), ...planned };
}
