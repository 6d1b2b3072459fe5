"use client";

import { useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Sheet } from "@/ui/sheet";
import { Notice } from "@/ui/states";
import { toast } from "@/ui/toast";
import { useDeleteAccount } from "./account-queries";

/** Says what goes and what stays, and asks for the password once more. */
export function DeleteAccount() {
  const remove = useDeleteAccount(() => toast("info", "Your account is deleted"));
  const [open, set_open] = useState(false);
  const [password, set_password] = useState("");
  const close = () => {
    set_open(false);
    set_password("");
    remove.reset();
  };

  return (
    <>
      <Button look="danger" className="justify-self-start" onClick={() => set_open(true)}>
        Delete my account
      </Button>
      <Sheet
        open={open}
        on_open_change={(next) => (next ? set_open(true) : close())}
        title="Delete your account?"
        description="Your name, addresses, phone number, picture, papers and saved cards are deleted, and you are signed out everywhere. Past orders stay in the books without your name. This cannot be undone."
      >
        <form
          noValidate
          aria-label="Delete account"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate(password);
          }}
        >
          {remove.error && <Notice>{sentence_of(remove.error)}</Notice>}
          <Field label="Your password">
            <Input
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => set_password(event.target.value)}
            />
          </Field>
          <div className="flex flex-wrap gap-3">
            <Button type="submit" look="danger" busy={remove.isPending} disabled={!password}>
              Delete for good
            </Button>
            <Button look="quiet" onClick={close}>
              Keep my account
            </Button>
          </div>
        </form>
      </Sheet>
    </>
  );
}
