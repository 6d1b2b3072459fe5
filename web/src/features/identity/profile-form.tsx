"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Field, Input, Select } from "@/ui/field";
import { Notice } from "@/ui/states";
import { toast } from "@/ui/toast";
import { useUpdateProfile } from "./actions";
import { show_theme, themes, type Theme } from "./theme-choice";

const locales = [
  ["en", "English"],
  ["en-GB", "English (United Kingdom)"],
  ["de", "Deutsch"],
  ["fr", "Français"],
  ["es", "Español"],
  ["it", "Italiano"],
  ["nl", "Nederlands"],
  ["pl", "Polski"],
  ["pt-BR", "Português (Brasil)"],
] as const;

const profile = z.object({
  name: z.string().trim().min(1, "Enter your name.").max(100),
  phone: z
    .string()
    .trim()
    .max(20)
    .regex(/^$|^(\+|00)[0-9 ()./-]{6,}$/, "Enter the number with its country code, like +49 30 1234567."),
  locale: z.string(),
  theme: z.enum(["system", "light", "dark"]),
});

export function ProfileForm() {
  const user = useUser();
  const update = useUpdateProfile();
  const form = useForm({
    resolver: zodResolver(profile),
    values: {
      name: user?.name ?? "",
      phone: user?.phone ?? "",
      locale: user?.locale ?? "en",
      theme: (user?.preferences?.theme ?? "system") as Theme,
    },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit(({ name, phone, locale, theme }) =>
    update.mutateAsync({ name, phone, locale, preferences: { theme } }).then(
      () => {
        show_theme(theme);
        toast("success", "Profile saved");
      },
      (fault: unknown) => show_on_form(fault, form.setError, ["name", "phone", "locale"]),
    ),
  );

  return (
    <form onSubmit={submit} noValidate className="grid max-w-md gap-4" aria-label="Profile">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Field label="Name" error={errors.name?.message}>
        <Input autoComplete="name" {...form.register("name")} />
      </Field>
      <Field label="Phone" optional error={errors.phone?.message} hint="With its country code">
        <Input type="tel" autoComplete="tel" {...form.register("phone")} />
      </Field>
      <Field label="Language of messages" error={errors.locale?.message}>
        <Select {...form.register("locale")}>
          {locales.map(([value, label]) => (
            <option key={value} value={value} lang={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Look of the pages">
        <Select {...form.register("theme")}>
          {themes.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" busy={update.isPending} className="justify-self-start">
        Save profile
      </Button>
    </form>
  );
}
