#pragma once
#include "modules/payouts/requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::payouts {

/// Who is paid: a store, or a driver.
struct Recipient {
    std::optional<StoreId> store_id;
    std::optional<UserId> driver_id;
};

struct AccountRow {
    PayoutAccountId id;
    std::optional<StoreId> store_id;
    std::optional<UserId> driver_id;
    std::string stripe_account_id;
    bool can_be_paid = false;
    std::optional<Timestamp> settled_until;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (id, store_id, driver_id, stripe_account_id, can_be_paid, settled_until))

inline const db::Query<AccountRow(std::optional<StoreId>, std::optional<UserId>)> find_account{"payouts.find_account",
                                                                                               R"(
    select id, store_id, driver_id, stripe_account_id, can_be_paid, settled_until
      from payout_accounts
     where store_id is not distinct from $1::uuid and driver_id is not distinct from $2::uuid
)"};

inline const db::Query<AccountRow()> list_accounts{"payouts.list_accounts", R"(
    select id, store_id, driver_id, stripe_account_id, can_be_paid, settled_until
      from payout_accounts order by created_at
)"};

// Of two who open it at once, the second changes nothing: the provider gave both the same account.
inline const db::Query<void(std::optional<StoreId>, std::optional<UserId>, std::string, bool)> save_account{
    "payouts.save_account", R"(
    insert into payout_accounts (store_id, driver_id, stripe_account_id, can_be_paid) values ($1, $2, $3, $4)
    on conflict (tenant_id, store_id, driver_id) do update
       set can_be_paid = excluded.can_be_paid, updated_at = now()
     where payout_accounts.stripe_account_id = excluded.stripe_account_id
)"};

// Of two schedulers one finds a row.
inline const db::Query<void(PayoutAccountId, Timestamp)> begin_period{"payouts.begin_period", R"(
    update payout_accounts set settled_until = $2, updated_at = now()
     where id = $1 and (settled_until is null or settled_until < $2)
)"};

inline const db::Query<PayoutSettings(std::optional<StoreId>, std::optional<UserId>)> find_settings{
    "payouts.find_settings", R"(
    select coalesce(own.schedule, tenant.schedule, 'weekly') as schedule,
           coalesce(own.weekday, tenant.weekday, 'monday') as weekday,
           coalesce(own.minimum_minor, tenant.minimum_minor, 1000) as minimum_minor,
           coalesce(own.time_zone, tenant.time_zone, 'UTC') as time_zone
      from (select 1) as one
      left join payout_settings tenant on tenant.store_id is null and tenant.driver_id is null
      left join payout_settings own on own.store_id = $1::uuid or own.driver_id = $2::uuid
)"};

// Members left out of the change are null and leave the column alone.
inline const db::Query<void(std::optional<StoreId>, std::optional<UserId>, PayoutSettingsChange)> save_settings{
    "payouts.save_settings", R"(
    insert into payout_settings as s (store_id, driver_id, schedule, weekday, minimum_minor, time_zone)
    select $1::uuid, $2::uuid, c.schedule, c.weekday, c.minimum_minor, c.time_zone
      from jsonb_to_record($3::jsonb) as c(schedule text, weekday text, minimum_minor bigint, time_zone text)
    on conflict (tenant_id, store_id, driver_id) do update
       set schedule = coalesce(excluded.schedule, s.schedule), weekday = coalesce(excluded.weekday, s.weekday),
           minimum_minor = coalesce(excluded.minimum_minor, s.minimum_minor),
           time_zone = coalesce(excluded.time_zone, s.time_zone), updated_at = now()
)"};

inline const db::Query<bool(std::string)> is_time_zone{"payouts.is_time_zone", "select is_time_zone($1)"};

inline const db::Query<Timestamp(PayoutSchedule, Weekday, std::string)> find_period_end{"payouts.find_period_end", R"(
    select payout_period_end($1, $2, $3, now())
)"};

/// What a payout is written from.
struct NewPayout {
    PayoutId id;
    UserId recipient_id;
    RecipientType recipient_type = RecipientType::driver;
    std::optional<StoreId> store_id;
    Amount amount_minor;
    std::string currency;
    std::string stripe_account_id;
    std::optional<Timestamp> period_start;
    Timestamp period_end;
};
BOOST_DESCRIBE_STRUCT(NewPayout, (),
                      (id, recipient_id, recipient_type, store_id, amount_minor, currency, stripe_account_id,
                       period_start, period_end))

inline const db::Query<void(NewPayout)> insert_payout{"payouts.insert_payout", R"(
    insert into payouts (id, recipient_id, recipient_type, store_id, amount_minor, currency, stripe_account_id,
                         period_start, period_end)
    select n.id, n.recipient_id, n.recipient_type, n.store_id, n.amount_minor, n.currency, n.stripe_account_id,
           n.period_start, n.period_end
      from jsonb_to_record($1::jsonb) as n(id uuid, recipient_id uuid, recipient_type text, store_id uuid,
                                           amount_minor bigint, currency text, stripe_account_id text,
                                           period_start timestamptz, period_end timestamptz)
)"};

inline const db::Query<Payout(PayoutId)> find_payout{"payouts.find_payout", R"(
    select id, recipient_type, recipient_id, store_id, amount_minor, currency, status, stripe_transfer_id,
           attempts::bigint as attempts, failure_code, failure_message, next_attempt_at, period_start, period_end,
           created_at, completed_at
      from payouts where id = $1
)"};

// A driver's own, and those of the stores that somebody owns now.
inline const db::Query<Payout(UserId, db::Array<StoreId>)> list_payouts_of{"payouts.list_payouts_of", R"(
    select id, recipient_type, recipient_id, store_id, amount_minor, currency, status, stripe_transfer_id,
           attempts::bigint as attempts, failure_code, failure_message, next_attempt_at, period_start, period_end,
           created_at, completed_at
      from payouts
     where (recipient_id = $1 and recipient_type = 'driver') or store_id = any($2)
     order by created_at desc, id limit 200
)"};

inline const db::Query<Payout(std::optional<PayoutStatus>)> list_payouts{"payouts.list_payouts", R"(
    select id, recipient_type, recipient_id, store_id, amount_minor, currency, status, stripe_transfer_id,
           attempts::bigint as attempts, failure_code, failure_message, next_attempt_at, period_start, period_end,
           created_at, completed_at
      from payouts where $1::text is null or status = $1::text order by created_at desc, id limit 200
)"};

/// A payout as it is sent.
struct Sending {
    PayoutId id;
    RecipientType recipient_type = RecipientType::driver;
    UserId recipient_id;
    std::optional<StoreId> store_id;
    Amount amount_minor;
    std::string currency;
    std::string stripe_account_id;
    std::int64_t attempts = 0;
    std::int64_t refusals = 0;
};
BOOST_DESCRIBE_STRUCT(Sending, (),
                      (id, recipient_type, recipient_id, store_id, amount_minor, currency, stripe_account_id, attempts,
                       refusals))

// Nothing where it is through, or a person has to look at it.
inline const db::Query<Sending(PayoutId)> begin_sending{"payouts.begin_sending", R"(
    update payouts set status = 'processing', attempts = attempts + 1, updated_at = now()
     where id = $1 and status in ('pending', 'processing')
    returning id, recipient_type, recipient_id, store_id, amount_minor, currency, stripe_account_id,
              attempts::bigint as attempts, refusals::bigint as refusals
)"};

inline const db::Query<void(PayoutId, std::string)> complete_payout{"payouts.complete_payout", R"(
    update payouts set status = 'completed', stripe_transfer_id = $2, completed_at = now(), updated_at = now(),
                       failure_code = null, failure_message = null
     where id = $1 and status = 'processing'
)"};

inline const db::Query<void(PayoutId, std::string, std::string, std::optional<std::int64_t>)> refuse_payout{
    "payouts.refuse_payout", R"(
    update payouts set status = 'failed', refusals = refusals + 1, failure_code = $2, failure_message = left($3, 500),
                       next_attempt_at = now() + $4::bigint * interval '1 second', updated_at = now()
     where id = $1 and status = 'processing'
)"};

inline const db::Query<void(PayoutId)> retry_payout{"payouts.retry_payout", R"(
    update payouts set status = 'pending', next_attempt_at = null, updated_at = now() where id = $1 and status = 'failed'
)"};

inline const db::Query<PayoutId()> list_due_retries{"payouts.list_due_retries", R"(
    select id from payouts where next_attempt_at <= now() order by next_attempt_at limit 100
)"};

}  // namespace liveshop::payouts
