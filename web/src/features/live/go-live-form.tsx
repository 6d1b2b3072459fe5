"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Radio } from "lucide-react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import type { Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Input, Textarea } from "@/ui/field";
import { Notice } from "@/ui/states";
import { useCreateStream } from "./queries";

const show = z.object({
  title: z.string().trim().min(1, "Give the show a title.").max(200),
  description: z.string().trim().max(2000),
});

type GoLiveFormProps = { store_id: string; camera_ready: boolean; on_created: (stream: Stream) => void };

/** Names the show and goes on air. */
export function GoLiveForm({ store_id, camera_ready, on_created }: GoLiveFormProps) {
  const create = useCreateStream();
  const form = useForm({ resolver: zodResolver(show), defaultValues: { title: "", description: "" } });
  const { errors } = form.formState;

  const submit = form.handleSubmit(({ title, description }) =>
    create
      .mutateAsync({ store_id, title, ...(description ? { description } : {}) })
      .then(on_created, (fault: unknown) => show_on_form(fault, form.setError, ["title", "description"])),
  );

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label="New show">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Title" error={errors.title?.message}>
        <Input placeholder="What will you show?" {...form.register("title")} />
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        <Textarea rows={2} {...form.register("description")} />
      </Field>
      <Button type="submit" look="live" size="lg" busy={create.isPending} disabled={!camera_ready}>
        <Radio aria-hidden /> Go live
      </Button>
      {!camera_ready && <p className="text-sm text-ink-muted">Going live needs a camera.</p>}
    </form>
  );
}
