import { type ApiDocument, name_of, type Schema, type_words } from "./document";

type SchemaViewProps = { document: ApiDocument; schema: Schema; seen?: readonly string[] };

/** A structure's members; those of a named one unfold on demand, once on the way down. */
export function SchemaView({ document, schema, seen = [] }: SchemaViewProps) {
  const name = name_of(schema);
  if (name) {
    const inner = document.components.schemas[name];
    if (!inner?.properties || seen.includes(name)) return null;
    return <SchemaView document={document} schema={inner} seen={[...seen, name]} />;
  }
  if (schema.items) return <SchemaView document={document} schema={schema.items} seen={seen} />;
  if (!schema.properties) return null;
  return (
    <ul className="grid gap-1 border-l border-line pl-3">
      {Object.entries(schema.properties).map(([member, type]) => (
        <li key={member} className="text-sm">
          <Member
            document={document}
            name={member}
            schema={type}
            required={schema.required?.includes(member) ?? false}
            seen={seen}
          />
        </li>
      ))}
    </ul>
  );
}

type MemberProps = SchemaViewProps & { name: string; required: boolean };

function Member({ document, name, schema, required, seen = [] }: MemberProps) {
  const named = name_of(schema.items ?? schema);
  const inner = named ? document.components.schemas[named] : undefined;
  const words = inner?.enum ? type_words(inner) : type_words(schema);
  const line = (
    <>
      <code className="font-semibold">{name}</code>
      {!required && <span className="text-ink-muted"> optional</span>}{" "}
      <span className="break-words text-ink-muted">{words}</span>
      {schema.description && <span className="text-ink-muted">: {schema.description}</span>}
    </>
  );
  if (!named || !inner?.properties || seen.includes(named)) return <p>{line}</p>;
  return (
    <details>
      <summary className="cursor-pointer">{line}</summary>
      <SchemaView document={document} schema={schema} seen={seen} />
    </details>
  );
}
