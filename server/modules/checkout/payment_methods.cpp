#include "modules/checkout/payment_methods.hpp"

#include "modules/checkout/provider.hpp"
#include "modules/identity/api.hpp"
#include "platform/log.hpp"

namespace liveshop::checkout {
namespace {

constexpr std::int64_t payment_methods_max = 10;

struct ForgetCard {
    std::string payment_method_id;
};
BOOST_DESCRIBE_STRUCT(ForgetCard, (), (payment_method_id))
constexpr std::string_view forget_card_kind = "checkout.forget_card";

inline const db::Query<SavedPaymentMethod(UserId)> list_payment_methods{"checkout.list_payment_methods", R"(
    select id, stripe_payment_method_id as payment_method_id, brand, last4, exp_month, exp_year, created_at
      from payment_methods where user_id = $1 order by created_at desc, id
)"};
inline const db::Query<std::int64_t(UserId)> count_payment_methods{"checkout.count_payment_methods", R"(
    select count(*) from payment_methods where user_id = $1
)"};
// The same card again, after an answer that got lost, is the same row.
inline const db::Query<SavedPaymentMethod(UserId, std::string, std::string, std::string, std::int64_t, std::int64_t)>
    insert_payment_method{"checkout.insert_payment_method", R"(
    insert into payment_methods as m (user_id, stripe_payment_method_id, brand, last4, exp_month, exp_year)
    values ($1, $2, $3, $4, $5::bigint, $6::bigint)
    on conflict on constraint payment_methods_stripe_key
        do update set brand = excluded.brand where m.user_id = excluded.user_id
    returning id, stripe_payment_method_id as payment_method_id, brand, last4, exp_month, exp_year, created_at
)"};
inline const db::Query<std::string(UserId, SavedPaymentMethodId)> delete_payment_method{
    "checkout.delete_payment_method", R"(
    delete from payment_methods where user_id = $1 and id = $2 returning stripe_payment_method_id
)"};
inline const db::Query<std::string(UserId)> find_provider_customer{"checkout.find_provider_customer", R"(
    select stripe_customer_id from payment_customers where user_id = $1
)"};
inline const db::Query<void(UserId, std::string)> insert_provider_customer{"checkout.insert_provider_customer", R"(
    insert into payment_customers (user_id, stripe_customer_id) values ($1, $2) on conflict (tenant_id, user_id) do nothing
)"};
inline const db::Query<std::string(UserId, std::string)> find_customer_of_card{"checkout.find_customer_of_card", R"(
    select c.stripe_customer_id
      from payment_methods m join payment_customers c on c.user_id = m.user_id
     where m.user_id = $1 and m.stripe_payment_method_id = $2
)"};
inline const db::Query<void(UserId)> delete_payment_methods{"checkout.delete_payment_methods", R"(
    delete from payment_methods where user_id = $1
)"};
inline const db::Query<void(UserId)> delete_provider_customer{"checkout.delete_provider_customer", R"(
    delete from payment_customers where user_id = $1
)"};

[[noreturn]] void refuse(const ProviderError& error) {
    const bool is_ours = error.status == 401 || error.status == 403;
    log::warning("a card was not saved",
                 {{"status", error.status}, {"code", error.code}, {"provider_request_id", error.request_id}});
    if (error.kind == ProviderError::Kind::refused && !is_ours) throw Fail(Errc::card_unusable);
    throw Fail(Errc::provider_unavailable);
}

// The caller's customer at the provider; a new one with their first card. Of two made at once one is kept.
awaitable<std::string> provider_customer(Ctx& ctx, Provider& provider) {
    std::optional<std::string> known = co_await ctx.tx.find(find_provider_customer, ctx.user());
    if (known) {
        co_await ctx.commit();
        co_return std::move(*known);
    }
    const identity::User user = co_await identity::get_user(ctx, ctx.user());
    co_await ctx.commit();
    const ProviderResult<std::string> made = co_await provider.create_customer(user.email, Uuid::make().to_string());
    if (!made) refuse(made.error());
    co_await ctx.tx.run(insert_provider_customer, ctx.user(), *made);
    std::string kept = co_await ctx.tx.one(find_provider_customer, ctx.user());
    co_await ctx.commit();
    co_return kept;
}

awaitable<SavedPaymentMethodList> list_saved_cards(Ctx& ctx) {
    SavedPaymentMethodList list;
    list.payment_methods = co_await ctx.tx.all(list_payment_methods, ctx.user());
    co_return list;
}

// The provider is asked between two transactions, holding nothing.
awaitable<SavedPaymentMethod> save_payment_method(Ctx& ctx, SavePaymentMethod in) {
    const bool is_plain =
        in.payment_method_id.value.starts_with("pm_") && std::ranges::all_of(in.payment_method_id.value, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        });
    if (!is_plain) throw Invalid({{"/payment_method_id", "must be what the card form answered, pm_…"}});
    const std::int64_t count = co_await ctx.tx.one(count_payment_methods, ctx.user());
    if (count >= payment_methods_max) throw Fail(Errc::too_many_payment_methods);
    Provider provider = ctx.services.get<Provider>().for_one_wait();
    const std::string customer_id = co_await provider_customer(ctx, provider);
    const auto saved = co_await provider.save_card(in.payment_method_id.value, customer_id, Uuid::make().to_string());
    if (!saved) refuse(saved.error());
    if (const auto* declined = std::get_if<Declined>(&*saved)) throw Fail(Errc::card_declined, declined->message);
    const SavedCard& card = std::get<SavedCard>(*saved);
    std::optional<SavedPaymentMethod> row =
        co_await ctx.tx.find(insert_payment_method, ctx.user(), card.payment_method_id, card.brand, card.last4,
                             card.exp_month, card.exp_year);
    if (!row) throw Fail(Errc::card_unusable);
    co_return std::move(*row);
}

awaitable<void> remove_payment_method(Ctx& ctx, OfPaymentMethod in) {
    const std::optional<std::string> card =
        co_await ctx.tx.find(delete_payment_method, ctx.user(), in.payment_method_id);
    if (!card) throw Fail(Errc::payment_method_not_found);
    co_await jobs::enqueue(ctx, forget_card_kind, ForgetCard{*card});
}

awaitable<void> forget_card(Ctx& ctx, ForgetCard in) {
    co_await ctx.commit();
    const ProviderResult<void> gone =
        co_await ctx.services.get<Provider>().detach(in.payment_method_id, Uuid::make().to_string());
    if (!gone) throw Fail(Errc::provider_unavailable, gone.error().code);
}

awaitable<void> forget_customer(Ctx& ctx, identity::UserFact in) {
    const std::optional<std::string> customer_id = co_await ctx.tx.find(find_provider_customer, in.user_id);
    co_await ctx.tx.run(delete_payment_methods, in.user_id);
    co_await ctx.commit();
    if (!customer_id) co_return;
    const ProviderResult<void> gone = co_await ctx.services.get<Provider>().delete_customer(*customer_id);
    if (!gone) throw Fail(Errc::provider_unavailable, gone.error().code);
    co_await ctx.tx.run(delete_provider_customer, in.user_id);
}

}  // namespace

awaitable<std::optional<std::string>> customer_of_saved_card(Ctx& ctx, UserId user_id, std::string payment_method_id) {
    std::optional<std::string> customer = co_await ctx.tx.find(find_customer_of_card, user_id, payment_method_id);
    co_return customer;
}

std::vector<Route> payment_method_routes() {
    constexpr Rate saving{.count = 20, .per_s = 3600};
    return route_table(
        get<list_saved_cards>("/me/payment-methods").says("My saved cards"),
        post<save_payment_method>("/me/payment-methods")
            .creates()
            .limited(saving)
            .fails(Errc::too_many_payment_methods, Errc::card_declined, Errc::card_unusable, Errc::provider_unavailable)
            .says("Saves a card that was typed into the provider's form"),
        del<remove_payment_method>("/me/payment-methods/{payment_method_id}")
            .fails(Errc::payment_method_not_found)
            .says("Forgets a saved card"));
}

jobs::Table payment_method_jobs() {
    return {jobs::job<forget_card>(forget_card_kind),
            jobs::subscriber<forget_customer>("checkout.forget_customer", "identity.account_deleted")};
}

}  // namespace liveshop::checkout
