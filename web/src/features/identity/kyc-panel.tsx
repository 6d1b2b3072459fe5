"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { BadgeCheck, Check, Clock, FileUp } from "lucide-react";
import { useRef } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { sentence_of } from "@/lib/api/problem";
import type { KycDocumentKind, MyKyc } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { EmptyState, ErrorState, Notice } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import {
  picture_fault,
  PICTURE_TYPES,
  reload_me,
  useMyKyc,
  usePutKycDocument,
  useRemoveKycDocument,
  useSubmitKyc,
} from "./account-queries";
import { document_words, kinds_to_show } from "./kyc-words";

type DocumentRowProps = { kind: KycDocumentKind; required: boolean; present: boolean };

function DocumentRow({ kind, required, present }: DocumentRowProps) {
  const put = usePutKycDocument();
  const remove = useRemoveKycDocument();
  const chooser = useRef<HTMLInputElement>(null);
  const words = document_words[kind];
  const choose = (file: File | undefined) => {
    if (!file) return;
    const fault = picture_fault(file);
    if (fault) return toast("danger", "The picture was not sent", fault);
    put.mutate({ kind, file }, { onError: (error) => toast("danger", "Not kept", sentence_of(error)) });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-semibold">{words}</p>
        <p className="flex items-center gap-1.5 text-sm text-ink-muted">
          {present ? (
            <>
              <Check className="size-4 text-success" aria-hidden /> Ready to hand in
            </>
          ) : required ? (
            "Needed"
          ) : (
            "Optional"
          )}
        </p>
      </div>
      <input
        ref={chooser}
        type="file"
        accept={PICTURE_TYPES.join(",")}
        className="sr-only"
        aria-label={`Picture: ${words}`}
        tabIndex={-1}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Button
        look="outline"
        size="sm"
        busy={put.isPending}
        aria-label={`${present ? "Replace" : "Add"}: ${words}`}
        onClick={() => chooser.current?.click()}
      >
        <FileUp aria-hidden /> {present ? "Replace" : "Add picture"}
      </Button>
      {present && (
        <Button
          look="quiet"
          size="sm"
          busy={remove.isPending}
          aria-label={`Take back: ${words}`}
          onClick={() =>
            remove.mutate(kind, { onError: (error) => toast("danger", "Still there", sentence_of(error)) })
          }
        >
          Take back
        </Button>
      )}
    </li>
  );
}

const person = z.object({
  legal_name: z.string().trim().min(1, "Enter your name as on the document.").max(200),
  date_of_birth: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "Enter the day you were born."),
  business_name: z.string().trim().max(200),
});

function HandIn({ kyc }: { kyc: MyKyc }) {
  const user = useUser();
  const submit_kyc = useSubmitKyc();
  const is_business = user?.role === "store_owner";
  const schema = is_business
    ? person.extend({ business_name: z.string().trim().min(1, "Enter the name of the business.").max(200) })
    : person;
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { legal_name: "", date_of_birth: "", business_name: "" },
  });
  const { errors } = form.formState;
  const present = new Set(kyc.documents.map(({ kind }) => kind));
  const missing = kyc.required.filter((kind) => !present.has(kind));

  const submit = form.handleSubmit(({ business_name, ...rest }) =>
    submit_kyc.mutateAsync({ ...rest, ...(is_business && { business_name }) }).then(
      async () => {
        toast("success", "Handed in", "We look at it and tell you.");
        await reload_me();
      },
      (fault: unknown) =>
        show_on_form(fault, form.setError, ["legal_name", "date_of_birth", "business_name"]),
    ),
  );

  return (
    <Card className="p-5">
      <ul aria-label="Documents" className="mb-5 divide-y divide-line">
        {kinds_to_show(kyc.required).map((kind) => (
          <DocumentRow
            key={kind}
            kind={kind}
            required={kyc.required.includes(kind)}
            present={present.has(kind)}
          />
        ))}
      </ul>
      <form onSubmit={submit} noValidate className="grid max-w-md gap-4" aria-label="Verification">
        {errors.root && <Notice>{errors.root.message}</Notice>}
        <Field label="Full name" error={errors.legal_name?.message} hint="As on the document">
          <Input autoComplete="name" {...form.register("legal_name")} />
        </Field>
        <Field label="Date of birth" error={errors.date_of_birth?.message}>
          <Input type="date" autoComplete="bday" {...form.register("date_of_birth")} />
        </Field>
        {is_business && (
          <Field label="Name of the business" error={errors.business_name?.message}>
            <Input autoComplete="organization" {...form.register("business_name")} />
          </Field>
        )}
        {user && !user.is_email_verified && (
          <Notice tone="warning">Confirm your email address first, on your profile.</Notice>
        )}
        <Button
          type="submit"
          busy={submit_kyc.isPending}
          disabled={missing.length > 0}
          className="justify-self-start"
        >
          Hand in
        </Button>
        {missing.length > 0 && (
          <p className="text-sm text-ink-muted">
            Still needed: {missing.map((kind) => document_words[kind]).join(", ")}.
          </p>
        )}
      </form>
    </Card>
  );
}

/** Where the verification of one's identity stands, and what to do about it. */
export function KycPanel() {
  const kyc = useMyKyc();
  if (kyc.isLoadingError)
    return <ErrorState message={sentence_of(kyc.error)} on_retry={() => kyc.refetch()} />;
  if (!kyc.data) return <Skeleton className="h-64" aria-label="Loading your verification" />;
  const { status, submission } = kyc.data;
  if (status === "verified")
    return (
      <EmptyState icon={BadgeCheck} title="Your identity is verified">
        There is nothing left to do here.
      </EmptyState>
    );
  if (submission?.status === "pending")
    return (
      <EmptyState icon={Clock} title="We are looking at your papers">
        You handed them in as {submission.legal_name}. You are told as soon as it is decided.
      </EmptyState>
    );
  return (
    <div className="grid gap-4">
      {submission?.status === "rejected" && (
        <Notice>
          {`Not accepted: ${submission.reason} `}
          {submission.decided_at && <Moment at={submission.decided_at} />}
        </Notice>
      )}
      <HandIn kyc={kyc.data} />
    </div>
  );
}
