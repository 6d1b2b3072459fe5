"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";
import { Input } from "./field";

/** A line to be given to somebody: copied by a press, or marked by hand where a page may not copy. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const [copied, set_copied] = useState(false);
  const copy = () => {
    // Without a secure context there is no clipboard: the text stays marked.
    void navigator.clipboard?.writeText(text).then(
      () => set_copied(true),
      () => set_copied(false),
    );
  };
  return (
    <div className="flex gap-2">
      <Input
        readOnly
        aria-label={label}
        value={text}
        className="min-w-0 flex-1 font-mono text-sm"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button look="outline" onClick={copy}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />} {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}
