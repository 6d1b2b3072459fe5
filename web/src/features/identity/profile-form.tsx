"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { toast } from "@/ui/toast";
import { useUpdateProfile } from "./actions";

const profile = z.object({ name: z.string().trim().min(1, "Enter your name.").max(100) });

export function ProfileForm() {
  const user = useUser();
  const update = useUpdateProfile();
  const form = useForm({ resolver: zodResolver(profile), values: { name: user?.name ?? "" } });
  const { errors } = form.formState;

  const submit = form.handleSubmit((values) =>
    update.mutateAsync(values).then(
      () => toast("success", "Profile saved"),
      (fault: unknown) => show_on_form(fault, form.setError, ["name"]),
    ),
  );

  return (
    <form onSubmit={submit} noValidate className="grid max-w-md gap-4" aria-label="Profile">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Name" error={errors.name?.message}>
        <Input autoComplete="name" {...form.register("name")} />
      </Field>
      <Field label="Email" hint="Your sign-in name">
        <Input type="email" value={user?.email ?? ""} readOnly />
      </Field>
      <Button type="submit" busy={update.isPending} className="justify-self-start">
        Save profile
      </Button>
    </form>
  );
}
