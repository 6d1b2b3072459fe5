"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { useChangeEmail, type Credentials } from "./actions";

const change = z.object({
  email: z.email("Enter an email address, like name@example.com."),
  password: z.string().min(1, "Enter your password."),
});

/** A new address is this account's once the code that is sent there has come back. */
export function EmailForm() {
  const user = useUser();
  const update = useChangeEmail();
  const router = useRouter();
  const form = useForm<Credentials>({
    resolver: zodResolver(change),
    defaultValues: { email: "", password: "" },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit((values) =>
    update.mutateAsync(values).then(
      ({ verification_id }) => router.push(`/verify-email#verification_id=${verification_id}`),
      (fault: unknown) => show_on_form(fault, form.setError, ["email", "password"]),
    ),
  );

  return (
    <form onSubmit={submit} noValidate className="grid max-w-md gap-4" aria-label="Email address">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <p className="text-ink-muted">You sign in with {user?.email}.</p>
      <Field label="New email" error={errors.email?.message} hint="We send a code there to confirm it.">
        <Input type="email" autoComplete="email" {...form.register("email")} />
      </Field>
      <Field label="Your password" error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" {...form.register("password")} />
      </Field>
      <Button type="submit" busy={update.isPending} className="justify-self-start">
        Send the code
      </Button>
    </form>
  );
}
