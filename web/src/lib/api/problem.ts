import type { Problem } from "./types";

export type FieldFault = { pointer: string; reason: string };

/** A request that failed: the server's problem document (RFC 9457), or no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly FieldFault[];

  constructor(problem: { status: number; code: string; message: string; faults?: readonly FieldFault[] }) {
    super(problem.message);
    this.name = "ApiError";
    this.status = problem.status;
    this.code = problem.code;
    this.faults = problem.faults ?? [];
  }
}

const OFFLINE = "LiveShop cannot be reached. Check your connection and try again.";
const UNKNOWN = "Something went wrong on our side. Try again in a moment.";

function is_problem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title" in body;
}

/** A detail that is a sentence speaks for itself; a mere particular (which item, how long) stands behind the title. */
function sentence_of_problem({ title, detail }: Problem): string {
  const text = !detail ? title : /[.!?]$/.test(detail) ? detail : `${title} (${detail})`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A problem document, or whatever else came instead of one, as an error with a sentence for people. */
export function error_of(status: number, body: unknown): ApiError {
  if (!is_problem(body)) {
    return new ApiError({ status, code: "unreadable", message: status >= 502 ? OFFLINE : UNKNOWN });
  }
  return new ApiError({
    status,
    code: body.code,
    message: sentence_of_problem(body),
    faults: body.errors ?? [],
  });
}

/** Whether what was asked for is not there: asking again will not help. */
export function is_missing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function offline_error(): ApiError {
  return new ApiError({ status: 0, code: "offline", message: OFFLINE });
}

/** The sentence to show for anything that was thrown. */
export function sentence_of(error: unknown): string {
  return error instanceof ApiError ? error.message : UNKNOWN;
}

/** "/variants/0/price_minor" as a form path: "variants.0.price_minor". */
export function path_of_pointer(pointer: string): string {
  return pointer
    .replace(/^#?\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}
