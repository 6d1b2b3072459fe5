"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { useForgotPassword } from "./actions";

const request = z.object({ email: z.email("Enter an email address, like name@example.com.") });

/** Sends a code and goes on to where it is typed; whether there is such an account, nobody is told. */
export function ForgotForm() {
  const forgot = useForgotPassword();
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(request), defaultValues: { email: "" } });
  const { errors } = form.formState;

  const submit = form.handleSubmit(({ email }) =>
    forgot.mutateAsync(email).then(
      ({ verification_id }) => router.push(`/reset-password#verification_id=${verification_id}`),
      (fault: unknown) => show_on_form(fault, form.setError, ["email"]),
    ),
  );

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label="Forgotten password">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Email" error={errors.email?.message} hint="We send a code to this address.">
        <Input type="email" autoComplete="username" {...form.register("email")} />
      </Field>
      <Button type="submit" size="lg" busy={forgot.isPending}>
        Send the code
      </Button>
    </form>
  );
}
