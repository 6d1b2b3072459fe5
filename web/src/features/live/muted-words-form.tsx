"use client";

import { useState } from "react";
import { Button } from "@/ui/button";
import { Field, Textarea } from "@/ui/field";

const WORDS_MAX = 200;

/** Words of what was typed: one a line, each once. */
export function words_of(typed: string): string[] {
  const words = typed.split("\n").map((line) => line.trim());
  return [...new Set(words.filter(Boolean))];
}

/** What is wrong with a list of words, or null. */
export function words_fault(words: readonly string[]): string | null {
  if (words.length > WORDS_MAX) return `At most ${WORDS_MAX} words.`;
  const unfit = words.find((word) => word.length < 2 || word.length > 50);
  return unfit === undefined ? null : `“${unfit}” must have 2 to 50 characters.`;
}

type MutedWordsFormProps = { words: readonly string[]; busy: boolean; on_save: (words: string[]) => void };

/** Messages with one of these words are not sent. */
export function MutedWordsForm({ words, busy, on_save }: MutedWordsFormProps) {
  const [typed, set_typed] = useState(words.join("\n"));
  const wanted = words_of(typed);
  const fault = words_fault(wanted);
  return (
    <form
      aria-label="Muted words"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) on_save(wanted);
      }}
    >
      <Field
        label="Muted words"
        hint="One a line. A message with one of them is not sent."
        error={fault ?? undefined}
      >
        <Textarea rows={6} value={typed} onChange={(event) => set_typed(event.target.value)} />
      </Field>
      <Button type="submit" busy={busy} className="justify-self-start">
        Save words
      </Button>
    </form>
  );
}
