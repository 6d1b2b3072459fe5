"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { drop_session } from "@/lib/auth/session";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { toast } from "@/ui/toast";
import { useResetPassword } from "./actions";
import { useCodeLink } from "./use-code-link";

const PASSWORD_MIN = 10;

const reset = z.object({
  code: z.string().trim().min(1, "Enter the code from the message.").max(20),
  password: z.string().min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`).max(128),
});

/** The code from the message, or the one the link brought, and the new password. */
export function ResetForm() {
  const link = useCodeLink();
  const change = useResetPassword();
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(reset), values: { code: link.code ?? "", password: "" } });
  const { errors } = form.formState;

  if (!link.verification_id) {
    return (
      <div className="grid gap-4">
        <p className="text-ink-muted">Ask for a code first, or open the link in the message we sent.</p>
        <Button asChild>
          <Link href="/forgot-password">Send me a code</Link>
        </Button>
      </div>
    );
  }
  const { verification_id } = link;
  const submit = form.handleSubmit((values) =>
    change.mutateAsync({ verification_id, ...values }).then(
      () => {
        drop_session();
        toast(
          "success",
          "Your password is changed",
          "You were signed out everywhere: sign in with the new one.",
        );
        router.replace("/sign-in");
      },
      (fault: unknown) => show_on_form(fault, form.setError, ["code", "password"]),
    ),
  );

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label="New password">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      {!link.code && (
        <p className="text-ink-muted">
          If there is an account with your address, a code is on its way. It works once, for half an hour.
        </p>
      )}
      <Field label="Code" error={errors.code?.message}>
        <Input
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          className="font-mono tracking-widest uppercase"
          {...form.register("code")}
        />
      </Field>
      <Field
        label="New password"
        error={errors.password?.message}
        hint={`At least ${PASSWORD_MIN} characters`}
      >
        <Input type="password" autoComplete="new-password" {...form.register("password")} />
      </Field>
      <Button type="submit" size="lg" busy={change.isPending}>
        Change password
      </Button>
      <Link href="/forgot-password" className="text-sm font-semibold underline underline-offset-4">
        Send another code
      </Link>
    </form>
  );
}
