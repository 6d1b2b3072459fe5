"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { useSignIn, type Credentials } from "./actions";

const credentials = z.object({
  email: z.email("Enter an email address, like name@example.com."),
  password: z.string().min(1, "Enter your password."),
});

export function SignInForm() {
  const sign_in = useSignIn();
  const form = useForm<Credentials>({ resolver: zodResolver(credentials) });
  const { errors } = form.formState;

  const submit = form.handleSubmit((values) =>
    sign_in
      .mutateAsync(values)
      .catch((fault: unknown) => show_on_form(fault, form.setError, ["email", "password"])),
  );

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label="Sign in">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Email" error={errors.email?.message}>
        <Input type="email" autoComplete="username" {...form.register("email")} />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" {...form.register("password")} />
      </Field>
      <Button type="submit" size="lg" busy={sign_in.isPending}>
        Sign in
      </Button>
      <Link href="/forgot-password" className="text-sm font-semibold underline underline-offset-4">
        Forgotten your password?
      </Link>
    </form>
  );
}
