"use client";

import { useEffect, useMemo, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { KycDocument, KycFile, KycQueueRow } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Textarea } from "@/ui/field";
import { Sheet } from "@/ui/sheet";
import { ErrorState, Notice } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { useDecideKyc, useKycFile, useKycPicture } from "./admin-queries";
import { document_words, kyc_words } from "./kyc-words";
import { role_words } from "./user-words";

const REASON_MIN = 3;

function DocumentPicture({ user_id, document }: { user_id: string; document: KycDocument }) {
  const picture = useKycPicture(user_id, document.id);
  const address = useMemo(() => (picture.data ? URL.createObjectURL(picture.data) : null), [picture.data]);
  useEffect(() => {
    if (address) return () => URL.revokeObjectURL(address);
  }, [address]);
  const words = document_words[document.kind];
  return (
    <figure className="grid gap-1.5">
      <figcaption className="text-sm font-semibold">{words}</figcaption>
      {picture.isLoadingError ? (
        <ErrorState message={sentence_of(picture.error)} on_retry={() => picture.refetch()} />
      ) : address ? (
        <img
          src={address}
          alt={words}
          className="max-h-96 w-full rounded-md border border-line object-contain"
        />
      ) : (
        <Skeleton className="h-48" aria-label={`Loading: ${words}`} />
      )}
    </figure>
  );
}

function Decision({ file, on_done }: { file: KycFile; on_done: () => void }) {
  const decide = useDecideKyc(file.user.id);
  const [reason, set_reason] = useState("");
  const run = (why: string | null, said: string) =>
    decide.mutate(why, {
      onSuccess: () => {
        toast("success", said);
        on_done();
      },
      onError: (fault) => toast("danger", "Nothing was decided", sentence_of(fault)),
    });
  return (
    <div className="grid gap-5 border-t border-line pt-5">
      <Button busy={decide.isPending} onClick={() => run(null, `${file.user.name} is verified`)}>
        Verify
      </Button>
      <form
        aria-label="Reject"
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          run(reason.trim(), `${file.user.name} is told why`);
        }}
      >
        <Field label="Reason for rejecting" hint="They read this, and may hand in again.">
          <Textarea maxLength={500} value={reason} onChange={(event) => set_reason(event.target.value)} />
        </Field>
        <Button
          type="submit"
          look="danger"
          busy={decide.isPending}
          disabled={reason.trim().length < REASON_MIN}
          className="justify-self-start"
        >
          Reject
        </Button>
      </form>
    </div>
  );
}

/** What somebody handed in, and the decision. */
export function KycSheet({ row, on_close }: { row: KycQueueRow; on_close: () => void }) {
  const file = useKycFile(row.user_id);
  return (
    <Sheet open place="side" on_open_change={(open) => open || on_close()} title={row.legal_name}>
      {file.isLoadingError ? (
        <ErrorState message={sentence_of(file.error)} on_retry={() => file.refetch()} />
      ) : !file.data ? (
        <Skeleton className="h-64" aria-label="Loading these papers" />
      ) : (
        <div className="grid gap-5">
          <p>
            {file.data.user.name}, {role_words[file.data.user.role].toLowerCase()}, born{" "}
            {file.data.submission.date_of_birth}
            {file.data.submission.business_name && `, for ${file.data.submission.business_name}`}. Handed in{" "}
            <Moment at={file.data.submission.created_at} />.
          </p>
          {file.data.submission.status !== "pending" && (
            <Notice tone={file.data.submission.status === "verified" ? "info" : "warning"}>
              {kyc_words[file.data.submission.status].label}
              {file.data.submission.reason && `: ${file.data.submission.reason}`}
            </Notice>
          )}
          {file.data.documents.map((document) => (
            <DocumentPicture key={document.id} user_id={row.user_id} document={document} />
          ))}
          {file.data.submission.status === "pending" && <Decision file={file.data} on_done={on_close} />}
        </div>
      )}
    </Sheet>
  );
}
