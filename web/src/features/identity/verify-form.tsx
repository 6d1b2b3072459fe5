"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { CircleCheckBig } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { sentence_of } from "@/lib/api/problem";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { toast } from "@/ui/toast";
import { reload_me } from "./account-queries";
import { useRequestCode, useVerifyContact } from "./actions";
import { useCodeLink } from "./use-code-link";

const entry = z.object({ code: z.string().trim().min(1, "Enter the code from the message.").max(20) });

const words = {
  email: { done: "Your email address is confirmed", sent: "A new code is on its way to your email address" },
  phone: { done: "Your phone number is confirmed", sent: "A new code is on its way to your phone" },
};

/** Confirms an address or a number by the code that was sent there; a link brings the code with it. */
export function VerifyForm({ contact }: { contact: "email" | "phone" }) {
  const link = useCodeLink();
  const user = useUser();
  const verify = useVerifyContact(contact);
  const request = useRequestCode();
  const [done, set_done] = useState(false);
  const form = useForm({ resolver: zodResolver(entry), values: { code: link.code ?? "" } });
  const { errors } = form.formState;

  if (done) {
    return (
      <div role="status" className="grid justify-items-start gap-4">
        <p className="flex items-center gap-2 font-semibold">
          <CircleCheckBig className="size-5 text-success" aria-hidden /> {words[contact].done}
        </p>
        <Button asChild>
          <Link href={user ? "/account" : "/sign-in"}>{user ? "To my account" : "Sign in"}</Link>
        </Button>
      </div>
    );
  }
  const submit = form.handleSubmit(({ code }) =>
    verify.mutateAsync({ code, ...(link.verification_id && { verification_id: link.verification_id }) }).then(
      async () => {
        set_done(true);
        if (user) await reload_me();
      },
      (fault: unknown) => show_on_form(fault, form.setError, ["code"]),
    ),
  );
  const send_again = () =>
    request.mutate(contact, {
      onSuccess: ({ verification_id }) => {
        window.location.hash = `verification_id=${verification_id}`;
        toast("info", words[contact].sent);
      },
      onError: (fault) => toast("danger", "No code was sent", sentence_of(fault)),
    });

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label="Confirmation code">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Code" error={errors.code?.message}>
        <Input
          autoComplete="one-time-code"
          inputMode={contact === "phone" ? "numeric" : "text"}
          autoCapitalize="characters"
          spellCheck={false}
          className="font-mono tracking-widest uppercase"
          {...form.register("code")}
        />
      </Field>
      <Button type="submit" size="lg" busy={verify.isPending}>
        Confirm
      </Button>
      {user && (
        <Button look="quiet" busy={request.isPending} onClick={send_again}>
          Send another code
        </Button>
      )}
    </form>
  );
}
