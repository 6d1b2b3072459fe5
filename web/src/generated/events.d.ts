/** Generated from asyncapi.json: npm run generate. */
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        ActorType: "customer" | "store_staff" | "driver" | "system";
        Address: {
            street: string;
            city: string;
            state?: string;
            zip: string;
            country: string;
            lat: number;
            lng: number;
        };
        Attribute: {
            name: string;
            value: string;
        };
        /** @enum {string} */
        Author: "viewer" | "moderator" | "host";
        Availability: {
            available: boolean;
        };
        CompleteDelivery: {
            /** Format: uuid */
            delivery_id: string;
            note?: string;
            code?: string;
            signature?: string;
        };
        Delivery: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            order_id: string;
            order_number: string;
            store_name: string;
            status: components["schemas"]["DeliveryStatus"];
            pickup_address: components["schemas"]["Address"];
            dropoff_address: components["schemas"]["Address"];
            distance_km: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            delivery_fee_minor: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            driver_earnings_minor: number;
            currency: string;
            /** Format: date-time */
            estimated_pickup_at?: string;
            /** Format: date-time */
            estimated_delivery_at?: string;
            /** Format: date-time */
            picked_up_at?: string;
            /** Format: date-time */
            delivered_at?: string;
            note?: string;
            needs_photo: boolean;
            needs_signature: boolean;
            needs_code: boolean;
            failure_reason?: components["schemas"]["FailureReason"];
            /** Format: date-time */
            failed_at?: string;
            /** Format: date-time */
            returned_at?: string;
            /** Format: date-time */
            unassignable_at?: string;
            /** Format: date-time */
            rated_at?: string;
            /** Format: date-time */
            created_at: string;
        };
        DeliveryMessage: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            delivery_id: string;
            sender: components["schemas"]["MessageSender"];
            content: string;
            /** Format: date-time */
            created_at: string;
        };
        DeliveryOf: {
            /** Format: uuid */
            delivery_id: string;
        };
        DeliveryPosition: {
            /** Format: uuid */
            delivery_id: string;
            lat: number;
            lng: number;
            heading?: number;
            /** Format: date-time */
            recorded_at: string;
            /** Format: int64 */
            eta_s?: number;
        };
        /** @enum {string} */
        DeliveryStatus: "pending" | "accepted" | "at_pickup" | "picked_up" | "in_transit" | "at_dropoff" | "delivered" | "failed" | "cancelled";
        DeliveryUpdate: {
            delivery: components["schemas"]["Delivery"];
        };
        /** @enum {string} */
        FailureReason: "customer_absent" | "customer_refused" | "damaged";
        FieldError: {
            pointer: string;
            reason: string;
        };
        /** @enum {string} */
        FulfillmentStatus: "unfulfilled" | "fulfilled" | "partial";
        /** @enum {string} */
        InventoryPolicy: "deny" | "continue";
        Message: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            stream_id: string;
            /** Format: uuid */
            user_id: string;
            user_name: string;
            author: components["schemas"]["Author"];
            type: components["schemas"]["MessageType"];
            content: string;
            metadata: components["schemas"]["MessageMetadata"];
            /** Format: date-time */
            created_at: string;
        };
        MessageMetadata: {
            /** Format: uuid */
            product_id?: string;
            /** Format: int64 */
            quantity?: number;
        };
        MessageOf: {
            /** Format: uuid */
            stream_id: string;
            /** Format: uuid */
            message_id: string;
        };
        /** @enum {string} */
        MessageSender: "customer" | "driver";
        /** @enum {string} */
        MessageType: "text" | "product_request" | "order_notification" | "system";
        MessagesDeleted: {
            /** Format: uuid */
            stream_id: string;
            message_ids: string[];
        };
        MuteChanged: {
            /** Format: uuid */
            stream_id: string;
            muted?: components["schemas"]["MuteNotice"];
        };
        MuteNotice: {
            reason?: string;
            /** Format: date-time */
            expires_at?: string;
        };
        Notification: {
            /** Format: uuid */
            id: string;
            type: components["schemas"]["NotificationKind"];
            title: string;
            body: string;
            data: components["schemas"]["NotificationLink"];
            is_read: boolean;
            sent_via: components["schemas"]["NotificationChannel"][];
            /** Format: date-time */
            created_at: string;
        };
        /** @enum {string} */
        NotificationChannel: "in_app" | "push" | "email" | "sms";
        /** @enum {string} */
        NotificationKind: "order_paid" | "order_confirmed" | "order_ready" | "order_picked_up" | "order_delivered" | "order_cancelled" | "order_refunded" | "driver_assigned" | "driver_at_door" | "delivery_failed" | "delivery_message" | "stream_started" | "stream_reminder" | "new_order" | "order_withdrawn" | "driver_at_store" | "delivery_unassignable" | "low_stock" | "new_review" | "store_verified" | "delivery_offered" | "delivery_withdrawn" | "payout_completed" | "payout_failed" | "kyc_verified" | "kyc_rejected" | "verification_code" | "password_changed";
        NotificationLink: {
            url: string;
        };
        NotificationTold: {
            notification: components["schemas"]["Notification"];
        };
        Offer: {
            /** Format: uuid */
            id: string;
            delivery: components["schemas"]["Delivery"];
            status: components["schemas"]["OfferStatus"];
            distance_m: number;
            /** Format: int64 */
            expires_in_s: number;
            /** Format: date-time */
            expires_at: string;
        };
        /** @enum {string} */
        OfferStatus: "open" | "accepted" | "declined" | "expired" | "withdrawn";
        Order: {
            /** Format: uuid */
            id: string;
            order_number: string;
            /** Format: uuid */
            store_id: string;
            store_name: string;
            status: components["schemas"]["OrderStatus"];
            payment_status: components["schemas"]["OrderPaymentStatus"];
            fulfillment_status: components["schemas"]["FulfillmentStatus"];
            items: components["schemas"]["OrderItem"][];
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            subtotal_minor: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            tax_amount_minor: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            shipping_amount_minor: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            discount_amount_minor: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            total_amount_minor: number;
            tax_mode: components["schemas"]["TaxMode"];
            currency: string;
            shipping_address: components["schemas"]["Address"];
            notes?: string;
            timeline: components["schemas"]["TimelineEntry"][];
            /** Format: uuid */
            delivery_id?: string;
            /** Format: uuid */
            stream_id?: string;
            /** Format: date-time */
            hold_expires_at?: string;
            /** Format: date-time */
            created_at: string;
        };
        OrderItem: {
            /** Format: uuid */
            product_id: string;
            /** Format: uuid */
            variant_id: string;
            name: string;
            variant_name: string;
            image_url?: string;
            /** Format: int64 */
            quantity: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            price_minor: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            total_minor: number;
        };
        /** @enum {string} */
        OrderPaymentStatus: "pending" | "authorized" | "captured" | "failed" | "refunded" | "cancelled";
        OrderPins: {
            /** Format: uuid */
            stream_id: string;
            product_ids: string[];
        };
        /** @enum {string} */
        OrderStatus: "pending" | "confirmed" | "preparing" | "ready" | "picked_up" | "in_transit" | "delivered" | "cancelled" | "refunded";
        OrderUpdate: {
            order: components["schemas"]["Order"];
        };
        Payout: {
            /** Format: uuid */
            id: string;
            recipient_type: components["schemas"]["RecipientType"];
            /** Format: uuid */
            recipient_id: string;
            /** Format: uuid */
            store_id?: string;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            amount_minor: number;
            currency: string;
            status: components["schemas"]["PayoutStatus"];
            stripe_transfer_id?: string;
            /** Format: int64 */
            attempts: number;
            failure_code?: string;
            failure_message?: string;
            /** Format: date-time */
            next_attempt_at?: string;
            /** Format: date-time */
            period_start?: string;
            /** Format: date-time */
            period_end: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            completed_at?: string;
        };
        /** @enum {string} */
        PayoutStatus: "pending" | "processing" | "completed" | "failed";
        PayoutUpdate: {
            payout: components["schemas"]["Payout"];
        };
        PinProduct: {
            /** Format: uuid */
            stream_id: string;
            /** Format: uuid */
            product_id: string;
        };
        /** @enum {string} */
        PositionFault: "late" | "out_of_order" | "in_future" | "impossible";
        PositionReceipt: {
            accepted: boolean;
            fault?: components["schemas"]["PositionFault"];
        };
        Problem: {
            type: string;
            title: string;
            code: string;
            /** Format: int64 */
            status: number;
            detail?: string;
            errors?: components["schemas"]["FieldError"][];
        };
        Product: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            store_id: string;
            store_name: string;
            name: string;
            description?: string;
            images: string[];
            currency: string;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            price_minor: number;
            inventory_policy: components["schemas"]["InventoryPolicy"];
            is_active: boolean;
            is_for_sale: boolean;
            option_names: string[];
            attributes: components["schemas"]["Attribute"][];
            variants: components["schemas"]["Variant"][];
            /** Format: date-time */
            created_at: string;
        };
        ProductPinned: {
            /** Format: uuid */
            stream_id: string;
            product: components["schemas"]["Product"];
        };
        ProductRequested: {
            /** Format: uuid */
            stream_id: string;
            /** Format: uuid */
            product_id: string;
            product_name: string;
            /** Format: int64 */
            count: number;
        };
        Publishing: {
            stream: components["schemas"]["Stream"];
            whip_url: string;
            grant: string;
        };
        React: {
            /** Format: uuid */
            stream_id: string;
            kind: components["schemas"]["ReactionKind"];
            invite?: string;
        };
        ReactionCount: {
            kind: components["schemas"]["ReactionKind"];
            /** Format: int64 */
            count: number;
        };
        /** @enum {string} */
        ReactionKind: "heart" | "fire" | "clap" | "laugh" | "wow";
        Reactions: {
            /** Format: uuid */
            stream_id: string;
            counts: components["schemas"]["ReactionCount"][];
        };
        /** @enum {string} */
        RecipientType: "store" | "driver";
        ReportPosition: {
            lat: number;
            lng: number;
            heading?: number;
            speed?: number;
            accuracy?: number;
            /** Format: date-time */
            recorded_at?: string;
        };
        RequestProduct: {
            /** Format: uuid */
            stream_id: string;
            /** Format: uuid */
            product_id: string;
            invite?: string;
            device_id?: string;
        };
        SendMessage: {
            /** Format: uuid */
            stream_id: string;
            content: string;
            invite?: string;
            device_id?: string;
        };
        Stream: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            store_id: string;
            store_name: string;
            /** Format: uuid */
            host_id: string;
            title: string;
            description?: string;
            type: components["schemas"]["StreamType"];
            status: components["schemas"]["StreamStatus"];
            /** Format: date-time */
            scheduled_at?: string;
            /** Format: date-time */
            started_at?: string;
            /** Format: date-time */
            ended_at?: string;
            thumbnail_url?: string;
            /** Format: int64 */
            viewer_count: number;
            /** Format: int64 */
            peak_viewers: number;
            /** Format: int64 */
            total_watch_time_s: number;
            settings: components["schemas"]["StreamSettings"];
            has_recording: boolean;
            /** Format: date-time */
            created_at: string;
        };
        StreamOf: {
            /** Format: uuid */
            stream_id: string;
        };
        StreamOrder: {
            /** Format: uuid */
            stream_id: string;
            product_name: string;
            /** Format: int64 */
            quantity: number;
            customer_first_name?: string;
        };
        StreamSettings: {
            chat_enabled: boolean;
            reactions_enabled: boolean;
            requests_enabled: boolean;
            slow_mode_s: number;
            recording_enabled: boolean;
        };
        /** @enum {string} */
        StreamStatus: "scheduled" | "live" | "ended" | "cancelled";
        StreamStopped: {
            /** Format: uuid */
            stream_id: string;
            reason: string;
        };
        /** @enum {string} */
        StreamType: "public" | "private";
        /** @enum {string} */
        TaxMode: "exclusive" | "inclusive";
        TimelineEntry: {
            status: components["schemas"]["OrderStatus"];
            note?: string;
            actor_type: components["schemas"]["ActorType"];
            /** Format: date-time */
            created_at: string;
        };
        Variant: {
            /** Format: uuid */
            id: string;
            name: string;
            option_values: string[];
            sku?: string;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            price_minor: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            compare_at_price_minor?: number;
            /**
             * Format: int64
             * @description Minor units of the currency
             */
            cost_price_minor?: number;
            /** Format: int64 */
            weight_g?: number;
            /** Format: int64 */
            stock_quantity: number;
            /** Format: int64 */
            low_stock_quantity?: number;
        };
        ViewersChanged: {
            /** Format: uuid */
            stream_id: string;
            /** Format: int64 */
            viewer_count: number;
            /** Format: int64 */
            peak_viewers: number;
        };
        VisitStream: {
            /** Format: uuid */
            stream_id: string;
            invite?: string;
        };
        Watching: {
            stream: components["schemas"]["Stream"];
            whep_url: string;
            grant: string;
            /** Format: int64 */
            viewer_count: number;
            pinned_products: components["schemas"]["Product"][];
            role: components["schemas"]["Author"];
            muted?: components["schemas"]["MuteNotice"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

type Schemas = components["schemas"];

export type Ack<Data> = { ok: true; data: Data } | { ok: false; error: Schemas["Problem"] };
export type Acknowledge<Data> = (ack: Ack<Data>) => void;

/** What the server tells. */
export type ServerEvents = {
  /** Where the driver of the customer's delivery is, between pick-up and drop-off */
  "delivery:location": (payload: Schemas["DeliveryPosition"]) => void;
  /** Customer and driver talk about a delivery */
  "delivery:message": (payload: Schemas["DeliveryMessage"]) => void;
  /** A job is offered to the driver, or is not any more: see its status */
  "delivery:offer": (payload: Schemas["Offer"]) => void;
  /** No driver is found for a store's delivery */
  "delivery:unassignable": (payload: Schemas["DeliveryUpdate"]) => void;
  /** A delivery has changed, or a job has appeared or is gone */
  "delivery:update": (payload: Schemas["DeliveryUpdate"]) => void;
  /** Something has happened that concerns me */
  "notification:new": (payload: Schemas["NotificationTold"]) => void;
  /** An order has changed: to its customer and its store */
  "order:update": (payload: Schemas["OrderUpdate"]) => void;
  /** Money is on its way, has arrived, or could not be sent */
  "payout:update": (payload: Schemas["PayoutUpdate"]) => void;
  /** A stream will not take place */
  "stream:cancel": (payload: Schemas["Stream"]) => void;
  /** A stream is over */
  "stream:end": (payload: Schemas["Stream"]) => void;
  /** Somebody said something */
  "stream:message": (payload: Schemas["Message"]) => void;
  /** Messages are gone */
  "stream:message:delete": (payload: Schemas["MessagesDeleted"]) => void;
  /** To whom it concerns: you may not write, or may again */
  "stream:mute": (payload: Schemas["MuteChanged"]) => void;
  /** Somebody bought something */
  "stream:order": (payload: Schemas["StreamOrder"]) => void;
  /** The products shown are in another order */
  "stream:product:order": (payload: Schemas["OrderPins"]) => void;
  /** A product is shown, in front of the others */
  "stream:product:pin": (payload: Schemas["ProductPinned"]) => void;
  /** To the store's people: viewers wait to see a product */
  "stream:product:request": (payload: Schemas["ProductRequested"]) => void;
  /** A product is shown no longer */
  "stream:product:unpin": (payload: Schemas["PinProduct"]) => void;
  /** Reactions of the last second, counted */
  "stream:reaction": (payload: Schemas["Reactions"]) => void;
  /** A stream is live */
  "stream:start": (payload: Schemas["Stream"]) => void;
  /** To the store's people: the marketplace stopped it */
  "stream:stop": (payload: Schemas["StreamStopped"]) => void;
  /** A stream's title or settings have changed */
  "stream:update": (payload: Schemas["Stream"]) => void;
  /** How many watch, once a second at most */
  "stream:viewers": (payload: Schemas["ViewersChanged"]) => void;
};

/** What a client may ask; every request is acknowledged. */
export type ClientEvents = {
  /** Takes an open job: of several drivers one gets it */
  "delivery:accept": (input: Schemas["DeliveryOf"], acknowledge: Acknowledge<Schemas["Delivery"]>) => void;
  /** The customer has the parcel: store and driver are credited */
  "delivery:complete": (input: Schemas["CompleteDelivery"], acknowledge: Acknowledge<Schemas["Delivery"]>) => void;
  /** The driver has the parcel: the order's payment is captured, once */
  "delivery:pickup": (input: Schemas["DeliveryOf"], acknowledge: Acknowledge<Schemas["Delivery"]>) => void;
  /** Whether the driver wants jobs; by socket, new ones are told from then on */
  "driver:available": (input: Schemas["Availability"], acknowledge: Acknowledge<Schemas["Availability"]>) => void;
  /** Where the driver is; what cannot be true is not accepted, and the answer says why */
  "driver:location": (input: Schemas["ReportPosition"], acknowledge: Acknowledge<Schemas["PositionReceipt"]>) => void;
  /** Watches a live stream: where its video is, and what is pinned */
  "stream:join": (input: Schemas["VisitStream"], acknowledge: Acknowledge<Schemas["Watching"]>) => void;
  /** Watches no longer; on another screen one goes on watching */
  "stream:leave": (input: Schemas["StreamOf"], acknowledge: Acknowledge<null>) => void;
  /** Says something to everybody at the stream */
  "stream:message": (input: Schemas["SendMessage"], acknowledge: Acknowledge<Schemas["Message"]>) => void;
  /** Deletes a message: one's own, or any as host or moderator */
  "stream:message:delete": (input: Schemas["MessageOf"], acknowledge: Acknowledge<null>) => void;
  /** Shows a product to the viewers, in front of the others */
  "stream:product:pin": (input: Schemas["PinProduct"], acknowledge: Acknowledge<Schemas["ProductPinned"]>) => void;
  /** Asks the host to show a product; once for each product counts */
  "stream:product:request": (input: Schemas["RequestProduct"], acknowledge: Acknowledge<Schemas["ProductRequested"]>) => void;
  /** Takes a product away */
  "stream:product:unpin": (input: Schemas["PinProduct"], acknowledge: Acknowledge<null>) => void;
  /** Reacts; reactions reach everybody once a second, counted */
  "stream:reaction": (input: Schemas["React"], acknowledge: Acknowledge<null>) => void;
  /** Goes live, or comes back to a stream that is live */
  "stream:start": (input: Schemas["StreamOf"], acknowledge: Acknowledge<Schemas["Publishing"]>) => void;
};
