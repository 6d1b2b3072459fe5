"use client";

import { useRouter } from "next/navigation";
import { sentence_of } from "@/lib/api/problem";
import { useUser } from "@/lib/auth/use-session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";
import { useRequestCode } from "./actions";

type Contact = "email" | "phone";

function Row({ contact, value, confirmed }: { contact: Contact; value: string; confirmed: boolean }) {
  const request = useRequestCode();
  const router = useRouter();
  const send = () =>
    request.mutate(contact, {
      onSuccess: ({ verification_id }) =>
        router.push(`/verify-${contact}#verification_id=${verification_id}`),
      onError: (fault) => toast("danger", "No code was sent", sentence_of(fault)),
    });
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3">
      <span className="min-w-0">
        <span className="block text-sm text-ink-muted">{contact === "email" ? "Email" : "Phone"}</span>
        <span className="block truncate">{value}</span>
      </span>
      {confirmed ? (
        <Badge tone="success">Confirmed</Badge>
      ) : (
        <Button look="outline" size="sm" busy={request.isPending} onClick={send}>
          {contact === "email" ? "Confirm email" : "Confirm phone"}
        </Button>
      )}
    </li>
  );
}

/** Where messages reach this person, and whether that is certain. */
export function ContactStatus() {
  const user = useUser();
  if (!user) return null;
  return (
    <ul aria-label="How we reach you" className="divide-y divide-line">
      <Row contact="email" value={user.email} confirmed={user.is_email_verified} />
      {user.phone && <Row contact="phone" value={user.phone} confirmed={user.is_phone_verified} />}
    </ul>
  );
}
