import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { ApiError, path_of_pointer, sentence_of } from "./problem";

/** Puts the server's field faults on the form's fields, and everything else on its `root`. */
export function show_on_form<Values extends FieldValues>(
  error: unknown,
  set_error: UseFormSetError<Values>,
  fields: readonly string[],
): void {
  const faults = error instanceof ApiError ? error.faults : [];
  const rest: string[] = [];
  for (const { pointer, reason } of faults) {
    const path = path_of_pointer(pointer);
    const known = fields.some((field) => path === field || path.startsWith(`${field}.`));
    if (known) set_error(path as Path<Values>, { type: "server", message: reason }, { shouldFocus: true });
    else rest.push(`${path}: ${reason}`);
  }
  if (faults.length === 0 || rest.length > 0) {
    set_error("root", { type: "server", message: [sentence_of(error), ...rest].join(" ") });
  }
}
