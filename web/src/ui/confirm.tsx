"use client";

import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Sheet } from "./sheet";

type ConfirmProps = {
  /** The button that asks, and its name where its words alone do not say of what. */
  label: ReactNode;
  name?: string;
  size?: "sm" | "md";
  title: string;
  description: string;
  /** What the deciding button says. */
  action: string;
  busy?: boolean;
  disabled?: boolean;
  on_confirm: () => void;
  children?: ReactNode;
};

/** A step that is not taken back: asks once. The sheet closes when it is confirmed. */
export function Confirm(props: ConfirmProps) {
  const {
    label,
    name,
    size = "sm",
    title,
    description,
    action,
    busy,
    disabled,
    on_confirm,
    children,
  } = props;
  const [asking, set_asking] = useState(false);
  return (
    <>
      <Button look="danger" size={size} busy={busy} aria-label={name} onClick={() => set_asking(true)}>
        {label}
      </Button>
      <Sheet open={asking} on_open_change={set_asking} title={title} description={description}>
        {children}
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={() => set_asking(false)}>
            Back
          </Button>
          <Button
            look="danger"
            disabled={disabled}
            onClick={() => {
              set_asking(false);
              on_confirm();
            }}
          >
            {action}
          </Button>
        </div>
      </Sheet>
    </>
  );
}
