"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { toast } from "@/ui/toast";
import { useChangePassword } from "./actions";

const PASSWORD_MIN = 10;

const change = z.object({
  current_password: z.string().min(1, "Enter your current password."),
  password: z.string().min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`).max(128),
});

export function PasswordForm() {
  const update = useChangePassword();
  const form = useForm({
    resolver: zodResolver(change),
    defaultValues: { current_password: "", password: "" },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit((values) =>
    update.mutateAsync(values).then(
      () => {
        form.reset();
        toast("success", "Password changed", "Your other devices are signed out.");
      },
      (fault: unknown) => show_on_form(fault, form.setError, ["current_password", "password"]),
    ),
  );

  return (
    <form onSubmit={submit} noValidate className="grid max-w-md gap-4" aria-label="Password">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Current password" error={errors.current_password?.message}>
        <Input type="password" autoComplete="current-password" {...form.register("current_password")} />
      </Field>
      <Field
        label="New password"
        error={errors.password?.message}
        hint={`At least ${PASSWORD_MIN} characters`}
      >
        <Input type="password" autoComplete="new-password" {...form.register("password")} />
      </Field>
      <Button type="submit" busy={update.isPending} className="justify-self-start">
        Change password
      </Button>
    </form>
  );
}
