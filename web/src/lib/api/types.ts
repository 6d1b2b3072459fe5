import type { components, paths } from "@/generated/schema";

type Schemas = components["schemas"];

export type Problem = Schemas["Problem"];
export type Config = Schemas["ShopConfig"];
export type Role = Schemas["Role"];
export type User = Schemas["User"];
export type Session = Schemas["Session"];
export type Address = Schemas["Address"];
export type Store = Schemas["Store"];
export type CreateStore = Schemas["CreateStore"];
export type Product = Schemas["Product"];
export type CreateProduct =
  paths["/api/v1/stores/{store_id}/products"]["post"]["requestBody"]["content"]["application/json"];
export type Variant = Schemas["Variant"];
export type Cart = Schemas["Cart"];
export type CartItem = Schemas["CartItem"];
export type Order = Schemas["Order"];
export type OrderStatus = Schemas["OrderStatus"];
export type OrderPaymentStatus = Schemas["OrderPaymentStatus"];
export type PlaceOrders = Schemas["PlaceOrders"];
export type CheckoutResult = Schemas["CheckoutResult"];
export type Stream = Schemas["Stream"];
export type StreamStatus = Schemas["StreamStatus"];
export type Watching = Schemas["Watching"];
export type ReactionKind = Schemas["ReactionKind"];
export type Message = Schemas["Message"];
export type Delivery = Schemas["Delivery"];
export type DeliveryStatus = Schemas["DeliveryStatus"];
export type DriverLocation = Schemas["DriverLocation"];
export type Tracking = Schemas["Tracking"];
export type Statement = Schemas["Statement"];
export type Following = Schemas["Following"];
export type Notification = Schemas["Notification"];
export type NotificationList = Schemas["NotificationList"];
export type NotificationKind = Schemas["NotificationKind"];
export type NotificationChannel = Schemas["NotificationChannel"];
export type NotificationPreferences = Schemas["NotificationPreferences"];
export type KindPreference = Schemas["KindPreference"];
export type ChangePreferences =
  paths["/api/v1/me/notification-preferences"]["put"]["requestBody"]["content"]["application/json"];
