// Where things are sent to. Who changes their addresses holds a lock of their account: there is one default, always.
#include "modules/identity/address_store.hpp"
#include "modules/identity/handlers.hpp"
#include "modules/identity/rules.hpp"
#include "modules/identity/store.hpp"

namespace liveshop::identity {
namespace {

std::string country_of(const AddressCountry& country) {
    std::string code;
    for (const char c : country.value) {
        const bool small = c >= 'a' && c <= 'z';
        if (!small && (c < 'A' || c > 'Z')) throw Invalid({{"/country", "must be two letters (ISO 3166), such as DE"}});
        code += small ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return code;
}

awaitable<void> lock_addresses(Ctx& ctx) {
    const std::optional<User> user = co_await ctx.tx.find(lock_user, ctx.user());
    if (!user) throw Fail(PlatformErrc::unauthenticated);
}

awaitable<SavedAddress> address_after_change(Ctx& ctx, SavedAddressId id, bool make_default) {
    if (make_default) {
        co_await ctx.tx.run(clear_default_address, ctx.user());
        co_await ctx.tx.run(set_default_address, ctx.user(), id);
    }
    co_await ctx.tx.run(ensure_default_address, ctx.user());
    SavedAddress address = co_await ctx.tx.one(find_address, ctx.user(), id);
    co_return address;
}

}  // namespace

awaitable<SavedAddressList> get_addresses(Ctx& ctx) {
    SavedAddressList list;
    list.addresses = co_await ctx.tx.all(list_addresses, ctx.user());
    co_return list;
}

awaitable<SavedAddress> add_address(Ctx& ctx, AddAddress in) {
    const std::string country = country_of(in.country);
    co_await lock_addresses(ctx);
    const std::int64_t count = co_await ctx.tx.one(count_addresses, ctx.user());
    if (count >= addresses_max) throw Fail(Errc::too_many_addresses);
    const SavedAddressId id = co_await ctx.tx.one(insert_address, ctx.user(), in.label, in.street, in.city, in.state,
                                                  in.zip, country, in.lat, in.lng);
    SavedAddress address = co_await address_after_change(ctx, id, in.is_default.value_or(false));
    co_return address;
}

awaitable<SavedAddress> change_address(Ctx& ctx, ChangeAddress in) {
    std::optional<std::string> country;
    if (in.country) country = country_of(*in.country);
    co_await lock_addresses(ctx);
    const std::int64_t changed = co_await ctx.tx.count(update_address, ctx.user(), in.address_id, in.label, in.street,
                                                       in.city, in.state, in.zip, country, in.lat, in.lng);
    if (changed == 0) throw Fail(PlatformErrc::not_found);
    SavedAddress address = co_await address_after_change(ctx, in.address_id, in.is_default.value_or(false));
    co_return address;
}

awaitable<void> remove_address(Ctx& ctx, OfAddress in) {
    co_await lock_addresses(ctx);
    const std::int64_t removed = co_await ctx.tx.count(delete_address, ctx.user(), in.address_id);
    if (removed == 0) throw Fail(PlatformErrc::not_found);
    co_await ctx.tx.run(ensure_default_address, ctx.user());
}

}  // namespace liveshop::identity
