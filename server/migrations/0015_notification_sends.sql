-- Devices that push messages go to, and the log of what went out.

create table push_subscriptions (
    id          uuid primary key default gen_random_uuid(),
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id     uuid        not null,
    kind        text        not null,
    endpoint    text        not null,  -- of a browser: the address at its push service; of an app: its token
    p256dh      bytea,                 -- the browser's key, an uncompressed point of P-256
    auth        bytea,
    device_name text,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    constraint push_subscriptions_kind_check check (kind in ('web', 'fcm')),
    constraint push_subscriptions_keys_check check ((kind = 'web') = (p256dh is not null and auth is not null)),
    constraint push_subscriptions_endpoint_check check (length(endpoint) <= 1000),
    constraint push_subscriptions_endpoint_key unique (tenant_id, endpoint),
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index push_subscriptions_user on push_subscriptions (tenant_id, user_id, created_at);
select protect_tenant_table('push_subscriptions');

-- One message by one channel, of push one to each device.
create table notification_sends (
    id                   uuid primary key default gen_random_uuid(),
    tenant_id            uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid
                                     references tenants,
    notification_id      uuid        not null,
    user_id              uuid        not null,
    channel              text        not null,
    push_subscription_id uuid,  -- null once the device is gone
    status               text        not null default 'queued',
    attempts             int         not null default 0,
    last_error           text,
    provider_reference   text,
    created_at           timestamptz not null default now(),
    sent_at              timestamptz,
    constraint notification_sends_channel_check check (channel in ('push', 'email', 'sms')),
    constraint notification_sends_status_check check (status in ('queued', 'sent', 'skipped', 'failed')),
    constraint notification_sends_sent_check check ((status = 'sent') = (sent_at is not null)),
    constraint notification_sends_device_check check (channel = 'push' or push_subscription_id is null),
    unique (tenant_id, id),
    foreign key (tenant_id, notification_id) references notifications (tenant_id, id) on delete cascade,
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, push_subscription_id) references push_subscriptions (tenant_id, id)
        on delete set null (push_subscription_id)
);
-- A message goes out once: by mail and by text once, by push once to each device.
create unique index notification_sends_channel_key on notification_sends (tenant_id, notification_id, channel)
    where channel <> 'push';
create unique index notification_sends_device_key
    on notification_sends (tenant_id, notification_id, push_subscription_id) where push_subscription_id is not null;
create index notification_sends_user on notification_sends (tenant_id, user_id);
create index notification_sends_device on notification_sends (tenant_id, push_subscription_id)
    where push_subscription_id is not null;
create index notification_sends_created_at on notification_sends (tenant_id, created_at desc);
create index notification_sends_status on notification_sends (tenant_id, status, created_at desc);
select protect_tenant_table('notification_sends');
