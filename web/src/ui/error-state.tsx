"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

type ErrorStateProps = {
  title?: string;
  message: string;
  /** Tries again; the button is busy until what it returns has settled. */
  on_retry?: () => unknown;
  className?: string;
};

/** What failed, in a sentence, with a way to try again. */
export function ErrorState({ title = "This did not load", message, on_retry, className }: ErrorStateProps) {
  const [trying, set_trying] = useState(false);
  const retry = () => {
    set_trying(true);
    void Promise.resolve(on_retry?.()).finally(() => set_trying(false));
  };
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-danger/30 bg-danger/5 px-6 py-10 text-center",
        className,
      )}
    >
      <CircleAlert className="size-7 text-danger" aria-hidden />
      <h2 className="text-lg">{title}</h2>
      <p className="max-w-md text-pretty text-ink-muted">{message}</p>
      {on_retry && (
        <Button look="outline" busy={trying} onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
