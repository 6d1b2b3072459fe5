import type {
  Delivery,
  Message,
  Notification,
  Order,
  Problem,
  Product,
  ReactionKind,
  Stream,
  Watching,
} from "../api/types";

export type Ack<Data> = { ok: true; data: Data } | { ok: false; error: Problem };
export type Acknowledge<Data> = (ack: Ack<Data>) => void;

export type Position = { lat: number; lng: number; heading?: number; speed?: number; accuracy?: number };
export type DeliveryPosition = {
  delivery_id: string;
  lat: number;
  lng: number;
  heading?: number | null;
  recorded_at: string;
};
/** What came in within a second, counted. */
export type Reactions = { stream_id: string; counts: { kind: ReactionKind; count: number }[] };
export type StreamOrder = { stream_id: string; product_name: string; quantity: number };

/** What the server tells. */
export type ServerEvents = {
  "stream:start": (stream: Stream) => void;
  "stream:end": (stream: Stream) => void;
  "stream:message": (message: Message) => void;
  "stream:viewers": (event: { stream_id: string; viewer_count: number; peak_viewers: number }) => void;
  "stream:reaction": (reactions: Reactions) => void;
  "stream:product:pin": (event: { stream_id: string; product: Product }) => void;
  "stream:product:unpin": (event: { stream_id: string; product_id: string }) => void;
  "stream:order": (order: StreamOrder) => void;
  "order:update": (event: { order: Order }) => void;
  "delivery:update": (event: { delivery: Delivery }) => void;
  "delivery:location": (event: DeliveryPosition) => void;
  "notification:new": (event: { notification: Notification }) => void;
};

/** What the browser may ask; every request is acknowledged. */
export type ClientEvents = {
  "stream:join": (event: { stream_id: string }, ack: Acknowledge<Watching>) => void;
  "stream:leave": (event: { stream_id: string }, ack: Acknowledge<unknown>) => void;
  "stream:message": (event: { stream_id: string; content: string }, ack: Acknowledge<Message>) => void;
  "stream:reaction": (event: { stream_id: string; kind: ReactionKind }, ack: Acknowledge<unknown>) => void;
  "driver:location": (event: Position, ack: Acknowledge<unknown>) => void;
  "driver:available": (event: { available: boolean }, ack: Acknowledge<unknown>) => void;
};
