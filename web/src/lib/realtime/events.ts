import type { ClientEvents, components, ServerEvents } from "@/generated/events";

export type { Ack, ClientEvents, ServerEvents } from "@/generated/events";

type Schemas = components["schemas"];

/** Where a driver says to be. */
export type Position = Schemas["ReportPosition"];
export type DeliveryPosition = Schemas["DeliveryPosition"];
/** What came in within a second, counted. */
export type Reactions = Schemas["Reactions"];
export type StreamOrder = Schemas["StreamOrder"];

export type ServerEvent = keyof ServerEvents;
/** What an event brings. */
export type PayloadOf<Event extends ServerEvent> = Parameters<ServerEvents[Event]>[0];

export type ClientEvent = keyof ClientEvents;
/** What goes with a request. */
export type InputOf<Event extends ClientEvent> = Parameters<ClientEvents[Event]>[0];
/** What a request is answered with. */
export type AnswerTo<Event extends ClientEvent> = Extract<
  Parameters<Parameters<ClientEvents[Event]>[1]>[0],
  { ok: true }
>["data"];
