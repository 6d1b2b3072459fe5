"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { error_of, offline_error, sentence_of } from "@/lib/api/problem";
import { Field, Input } from "@/ui/field";
import { PageHeader } from "@/ui/shell/page";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { type ApiDocument, endpoints_by_subject } from "./document";
import { EndpointView } from "./endpoint-view";

/** The very document that the server checks requests by, not one that was built in. */
async function load_document(): Promise<ApiDocument> {
  const response = await fetch("/api/openapi.json").catch((): never => {
    throw offline_error();
  });
  if (!response.ok) throw error_of(response.status, null);
  return (await response.json()) as ApiDocument;
}

function Endpoints({ document }: { document: ApiDocument }) {
  const [filter, set_filter] = useState("");
  const subjects = endpoints_by_subject(document, useDeferredValue(filter));
  return (
    <>
      <Field label="Find" hint="Part of a path, a method, or what it does">
        <Input type="search" value={filter} onChange={({ target }) => set_filter(target.value)} />
      </Field>
      {subjects.size === 0 && (
        <EmptyState icon={SearchX} title="No endpoint like this" className="mt-6">
          Try fewer words.
        </EmptyState>
      )}
      {[...subjects].map(([subject, endpoints]) => (
        <section key={subject} aria-labelledby={`subject-${subject}`} className="mt-8">
          <h2 id={`subject-${subject}`} className="mb-3 text-xl capitalize">
            {subject.replaceAll("-", " ")}
          </h2>
          <div className="grid gap-2">
            {endpoints.map((endpoint) => (
              <EndpointView
                key={`${endpoint.method} ${endpoint.path}`}
                document={document}
                endpoint={endpoint}
              />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}

/** The whole API, for a person to read. */
export function ApiDocs() {
  const query = useQuery({ queryKey: ["openapi"], queryFn: load_document });
  return (
    <>
      <PageHeader title="The API">
        {`What this server serves${query.data ? `, version ${query.data.info.version}` : ""}. For programs: `}
        <a className="font-semibold underline underline-offset-4" href="/api/openapi.json">
          OpenAPI
        </a>
        {" for requests, "}
        <a className="font-semibold underline underline-offset-4" href="/api/asyncapi.json">
          AsyncAPI
        </a>
        {" for events over the socket."}
      </PageHeader>
      {query.isLoadingError ? (
        <ErrorState message={sentence_of(query.error)} on_retry={() => query.refetch()} />
      ) : query.data ? (
        <Endpoints document={query.data} />
      ) : (
        <Skeleton className="h-96" aria-label="Loading the API" />
      )}
    </>
  );
}
