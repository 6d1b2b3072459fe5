/** As much of OpenAPI 3.1 as the platform's own document uses. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};

type Content = Record<string, { schema: Schema }>;
export type Parameter = { name: string; in: string; required?: boolean; schema: Schema };
export type Operation = {
  operationId: string;
  tags?: string[];
  summary?: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
  security?: unknown[];
};

export type ApiDocument = {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

export type Endpoint = { method: string; path: string; operation: Operation };

const SCHEMAS = "#/components/schemas/";

/** The endpoints that have every word of `filter` in method, path or summary, by their subject. */
export function endpoints_by_subject(document: ApiDocument, filter = ""): Map<string, Endpoint[]> {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const subjects = new Map<string, Endpoint[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const text = `${method} ${path} ${operation.summary ?? ""}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
      const subject = operation.tags?.[0] ?? "other";
      const list = subjects.get(subject) ?? [];
      list.push({ method, path, operation });
      subjects.set(subject, list);
    }
  }
  return subjects;
}

/** The name of the schema that is referred to. */
export function name_of({ $ref }: Schema): string | null {
  return $ref?.startsWith(SCHEMAS) ? $ref.slice(SCHEMAS.length) : null;
}

/** "text, 1 to 500 characters", "list of OrderLine". */
export function type_words(schema: Schema): string {
  const name = name_of(schema);
  if (name) return name;
  if (schema.items) return `list of ${type_words(schema.items)}`;
  if (schema.enum) return schema.enum.join(" | ");
  const type = [schema.type ?? "anything"].flat().join(" or ");
  const { minimum, maximum, minLength, maxLength } = schema;
  const range =
    minimum !== undefined && maximum !== undefined
      ? `, ${minimum} to ${maximum}`
      : maxLength !== undefined
        ? `, ${minLength ?? 0} to ${maxLength} characters`
        : "";
  return `${schema.format ?? type}${range}`;
}
