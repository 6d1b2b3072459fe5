-- What people were told, and what they want to be told.

create table notifications (
    id         uuid primary key,  -- version 7: in order of time, which pages go by
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id    uuid        not null,
    type       varchar(100) not null,
    title      varchar(255) not null,
    body       text        not null,
    data       jsonb       not null default '{}',  -- { url }
    words      jsonb       not null default '{}',  -- what mail and text messages are written with
    tag        text        not null,               -- of several with one tag, devices show the last
    dedup_key  text        not null,               -- what happened: it is told once
    is_listed  boolean     not null default true,  -- false: the person wants it by other channels only
    is_read    boolean     not null default false,
    sent_via   text[]      not null default '{}',
    created_at timestamptz not null default now(),
    constraint notifications_dedup_key unique (tenant_id, user_id, dedup_key),
    constraint notifications_sent_via_check check (sent_via <@ array['in_app', 'push', 'email', 'sms']),
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index notifications_user on notifications (tenant_id, user_id, id desc) where is_listed;
create index notifications_unread on notifications (tenant_id, user_id, id desc) where is_listed and not is_read;
create index notifications_tag on notifications (tenant_id, user_id, tag, id desc);
create index notifications_created_at on notifications (tenant_id, created_at);
select protect_tenant_table('notifications');

-- Only where somebody wants something else than is usual for the kind.
create table notification_preferences (
    tenant_id  uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id    uuid        not null,
    kind       text        not null,
    channel    text        not null,
    is_enabled boolean     not null,
    updated_at timestamptz not null default now(),
    primary key (tenant_id, user_id, kind, channel),
    constraint notification_preferences_channel_check check (channel in ('in_app', 'push', 'email', 'sms')),
    constraint notification_preferences_kind_check check (kind in (
        'order_paid', 'order_confirmed', 'order_ready', 'order_picked_up', 'order_delivered', 'order_cancelled',
        'order_refunded', 'driver_assigned', 'driver_at_door', 'delivery_failed', 'delivery_message', 'stream_started',
        'stream_reminder', 'new_order', 'order_withdrawn', 'driver_at_store', 'delivery_unassignable', 'low_stock',
        'new_review', 'store_verified', 'delivery_offered', 'delivery_withdrawn', 'payout_completed', 'payout_failed',
        'kyc_verified', 'kyc_rejected', 'verification_code', 'password_changed')),
    -- The safety of an account is not a matter of taste.
    constraint notification_preferences_locked_check check (kind not in ('verification_code', 'password_changed')),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select protect_tenant_table('notification_preferences');

-- By whose clock and in what language. Minutes of the day; the quiet hours may go past midnight.
create table notification_settings (
    tenant_id   uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id     uuid        not null,
    locale      text        not null default 'en',
    time_zone   text        not null default 'UTC',
    quiet_from  int,
    quiet_until int,
    updated_at  timestamptz not null default now(),
    primary key (tenant_id, user_id),
    constraint notification_settings_locale_check check (locale in ('en')),
    constraint notification_settings_quiet_check check ((quiet_from is null) = (quiet_until is null)
                                                        and quiet_from between 0 and 1439
                                                        and quiet_until between 0 and 1439),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select protect_tenant_table('notification_settings');
