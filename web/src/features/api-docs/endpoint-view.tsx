import { Badge } from "@/ui/badge";
import type { ApiDocument, Endpoint, Operation } from "./document";
import { type_words } from "./document";
import { SchemaView } from "./schema-view";

const success = (status: string) => status.startsWith("2");

function Refusals({ responses }: Pick<Operation, "responses">) {
  const refusals = Object.entries(responses).filter(([status]) => !success(status));
  return (
    <ul className="grid gap-1 text-sm">
      {refusals.flatMap(([status, { description }]) =>
        description.split("; ").map((each) => {
          const [, code = "", words = each] = /^`([^`]*)`: (.*)$/.exec(each) ?? [];
          return (
            <li key={`${status} ${each}`}>
              {status} <code className="font-semibold">{code}</code>{" "}
              <span className="text-ink-muted">{words}</span>
            </li>
          );
        }),
      )}
    </ul>
  );
}

/** One endpoint: what it takes, what it answers, how it refuses. */
export function EndpointView({ document, endpoint }: { document: ApiDocument; endpoint: Endpoint }) {
  const { method, path, operation } = endpoint;
  const body = Object.entries(operation.requestBody?.content ?? {});
  return (
    <details className="rounded-md border border-line bg-surface px-4 py-3">
      <summary className="cursor-pointer">
        <Badge tone={method === "get" ? "info" : "accent"}>{method.toUpperCase()}</Badge>{" "}
        <code className="font-semibold break-all">{path}</code>
        <span className="mt-1 block text-sm text-ink-muted">
          {operation.summary}
          {!operation.security?.length && " (no sign-in needed)"}
        </span>
      </summary>
      <div className="mt-4 grid gap-4">
        {operation.parameters && operation.parameters.length > 0 && (
          <section>
            <h4 className="mb-1 text-sm">Parameters</h4>
            <ul className="grid gap-1 text-sm">
              {operation.parameters.map(({ name, in: where, required, schema }) => (
                <li key={name}>
                  <code className="font-semibold">{name}</code>{" "}
                  <span className="text-ink-muted">
                    in {where}, {required ? "" : "optional, "}
                    {type_words(schema)}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {body.map(([type, { schema }]) => (
          <section key={type}>
            <h4 className="mb-1 text-sm">Body, {type}</h4>
            <SchemaView document={document} schema={schema} />
          </section>
        ))}
        {Object.entries(operation.responses)
          .filter(([status]) => success(status))
          .map(([status, { content }]) => (
            <section key={status}>
              <h4 className="mb-1 text-sm">Answer, {status}</h4>
              {Object.entries(content ?? {}).map(([type, { schema }]) => (
                <SchemaView key={type} document={document} schema={schema} />
              ))}
            </section>
          ))}
        <section>
          <h4 className="mb-1 text-sm">Refusals</h4>
          <Refusals responses={operation.responses} />
        </section>
      </div>
    </details>
  );
}
