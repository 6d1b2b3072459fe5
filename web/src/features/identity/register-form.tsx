"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Bike, ShoppingBag, Store } from "lucide-react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Notice } from "@/ui/states";
import { useRegister, type Registration } from "./actions";

const PASSWORD_MIN = 10;

const registration = z.object({
  name: z.string().trim().min(1, "Enter your name.").max(100),
  email: z.email("Enter an email address, like name@example.com."),
  password: z.string().min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`).max(128),
  role: z.enum(["customer", "store_owner", "driver"]),
});

const roles = [
  { value: "customer", label: "Shop", detail: "Watch live and buy", icon: ShoppingBag },
  { value: "store_owner", label: "Sell", detail: "Open a store, go live", icon: Store },
  { value: "driver", label: "Deliver", detail: "Take jobs nearby", icon: Bike },
] as const;

export function RegisterForm() {
  const register = useRegister();
  const form = useForm<Registration>({
    resolver: zodResolver(registration),
    defaultValues: { role: "customer" },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit((values) =>
    register
      .mutateAsync(values)
      .catch((fault: unknown) => show_on_form(fault, form.setError, ["name", "email", "password", "role"])),
  );

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label="Create an account">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <fieldset>
        <legend className="mb-1.5 text-sm font-semibold">I want to</legend>
        <div className="grid grid-cols-3 gap-2">
          {roles.map(({ value, label, detail, icon: Icon }) => (
            <label
              key={value}
              className="flex flex-col gap-1 rounded-md border border-line-strong/60 p-3 has-checked:border-ink has-checked:bg-sunken has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-2 has-focus-visible:outline-focus"
            >
              <input type="radio" value={value} className="sr-only" {...form.register("role")} />
              <Icon className="size-5" aria-hidden />
              <span className="font-semibold">{label}</span>
              <span className="text-xs text-ink-muted">{detail}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Field label="Name" error={errors.name?.message}>
        <Input autoComplete="name" {...form.register("name")} />
      </Field>
      <Field label="Email" error={errors.email?.message}>
        <Input type="email" autoComplete="username" {...form.register("email")} />
      </Field>
      <Field label="Password" error={errors.password?.message} hint={`At least ${PASSWORD_MIN} characters`}>
        <Input type="password" autoComplete="new-password" {...form.register("password")} />
      </Field>
      <Button type="submit" size="lg" busy={register.isPending}>
        Create account
      </Button>
    </form>
  );
}
