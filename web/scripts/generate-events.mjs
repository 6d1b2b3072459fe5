// The types of what goes over the socket, from the server's AsyncAPI document: src/generated/events.d.ts.
import { readFile, writeFile } from "node:fs/promises";
import openapi_ts, { astToString } from "openapi-typescript";

const document = JSON.parse(await readFile("src/generated/asyncapi.json", "utf8"));
const { messages, schemas } = document.components;

const type_of = (schema) => {
  if (schema.$ref) return `Schemas["${schema.$ref.split("/").at(-1)}"]`;
  return schema.type === "null" ? "null" : "unknown";
};
const payloads = (prefix) =>
  Object.entries(messages)
    .filter(([key]) => key.startsWith(`${prefix} `))
    .map(([, message]) => message);
const commented = (message, signature) => `  /** ${message.summary} */\n  "${message.name}": ${signature};`;

const told = payloads("sent").map((message) =>
  commented(message, `(payload: ${type_of(message.payload)}) => void`),
);
const asked = payloads("received").map((message) => {
  const done = messages[`acknowledged ${message.name}`].payload.oneOf[0].properties.data;
  return commented(
    message,
    `(input: ${type_of(message.payload)}, acknowledge: Acknowledge<${type_of(done)}>) => void`,
  );
});

// AsyncAPI's schemas are those of OpenAPI 3.1, so its generator writes them.
const types = astToString(
  await openapi_ts({ openapi: "3.1.0", info: document.info, paths: {}, components: { schemas } }),
);
const text = `/** Generated from asyncapi.json: npm run generate. */
${types}
type Schemas = components["schemas"];

export type Ack<Data> = { ok: true; data: Data } | { ok: false; error: Schemas["Problem"] };
export type Acknowledge<Data> = (ack: Ack<Data>) => void;

/** What the server tells. */
export type ServerEvents = {
${told.join("\n")}
};

/** What a client may ask; every request is acknowledged. */
export type ClientEvents = {
${asked.join("\n")}
};
`;
await writeFile("src/generated/events.d.ts", text);
