#include <boost/asio/co_spawn.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/commands.hpp"
#include "app/demo.hpp"
#include "app/thread.hpp"
#include "modules/catalog/types.hpp"
#include "platform/log.hpp"

namespace liveshop::app {
namespace {

struct Profile {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Profile, (), (name))

inline const db::Query<void(TenantId, std::string, std::string)> insert_tenant{"seed.insert_tenant", R"(
    insert into tenants (id, slug, name) values ($1, $2, $3) on conflict (slug) do nothing
)"};
inline const db::Query<UserId(std::string, std::string, Role, Profile)> insert_user{"seed.insert_user", R"(
    insert into users (email, password_hash, role, profile, kyc_status) values ($1, $2, $3, $4, 'verified') returning id
)"};
inline const db::Query<catalog::StoreId(UserId, std::string, std::string, std::string, std::string, catalog::Address)>
    insert_store{"seed.insert_store", R"(
    insert into stores (owner_id, slug, name, category, description, address, currency, delivery_fee_minor,
                        verification_status)
    values ($1, $2, $3, $4, $5, $6, 'EUR', 450, 'verified') returning id
)"};
inline const db::Query<catalog::ProductId(std::string, std::string, std::string, std::vector<std::string>)>
    insert_product{"seed.insert_product", R"(
    insert into products (store_id, name, description, images)
    select id, $2, $3, $4 from stores where slug = $1 and tenant_id = current_setting('app.tenant')::uuid returning id
)"};
inline const db::Query<void(catalog::ProductId, std::string, std::int64_t, std::int64_t)> insert_variants{
    "seed.insert_variants", R"(
    insert into product_variants (product_id, store_id, name, position, price_minor, stock_quantity)
    select p.id, p.store_id, v.name, v.position, $3, $4
      from products p, string_to_table($2, ',') with ordinality v (name, position) where p.id = $1
)"};

catalog::Address address_of(const demo::Store& store) {
    catalog::Address address;
    address.street.value = store.street;
    address.city.value = "Berlin";
    address.zip.value = "10178";
    address.country.value = "DE";
    address.lat.value = store.lat;
    address.lng.value = store.lng;
    return address;
}

void draw_pictures(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (const demo::Product& product : demo::products) {
        std::ofstream out(folder / (std::string(product.slug) + ".svg"));
        out << demo::draw(product);
        if (!out.flush()) throw std::runtime_error("cannot write pictures to " + folder.string());
    }
}

// Answers whether there was anything to do. One transaction: a seed that fails leaves nothing behind.
boost::asio::awaitable<bool> write_demo(Thread& thread, identity::PasswordHasher& hasher) {
    const std::string hash = co_await hasher.hash(std::string(demo::password));
    const TenantId tenant = TenantId::make();
    db::Transaction tx = thread.admin_pool.transaction({.tenant = tenant, .read_only = false});
    const std::int64_t inserted =
        co_await tx.count(insert_tenant, tenant, std::string(demo::tenant_slug), std::string("LiveShop Demo"));
    if (inserted == 0) co_return false;
    std::optional<UserId> owner;
    for (const demo::Account& account : demo::accounts) {
        const UserId user = co_await tx.one(insert_user, std::string(account.email), hash, account.role,
                                            Profile{std::string(account.name)});
        if (account.role == Role::store_owner) owner = user;
    }
    for (const demo::Store& store : demo::stores)
        co_await tx.one(insert_store, owner.value(), std::string(store.slug), std::string(store.name),
                        std::string(store.category), std::string(store.description), address_of(store));
    for (const demo::Product& product : demo::products) {
        const std::vector<std::string> images{"/files/demo/" + std::string(product.slug) + ".svg"};
        const catalog::ProductId id =
            co_await tx.one(insert_product, std::string(product.store), std::string(product.name),
                            std::string(product.description), images);
        co_await tx.run(insert_variants, id, std::string(product.variants), product.price_minor,
                        product.stock_quantity);
    }
    co_await tx.commit();
    co_return true;
}

}  // namespace

std::string demo_accounts() {
    std::string text;
    for (const demo::Account& account : demo::accounts)
        text += fmt::format("  {:<12} {:<26} {}\n", name_of(account.role), account.email, demo::password);
    return text;
}

int seed(const config::Source& source) {
    log::start(source.read<log::Settings>(), "seed");
    const StorageSettings storage = source.read<StorageSettings>();
    draw_pictures(std::filesystem::path(storage.storage_directory) / "demo");
    const DatabaseSettings database = source.read<DatabaseSettings>();
    const ModuleSettings modules = ModuleSettings::read(source);
    Workshop workshop(storage);
    Thread thread(database, modules, workshop, "seed");
    bool written = false;
    std::exception_ptr failed;
    boost::asio::co_spawn(thread.io, write_demo(thread, workshop.hasher), [&](std::exception_ptr error, bool result) {
        failed = error;
        written = result;
        thread.pool.close();
        thread.admin_pool.close();
        thread.io.stop();
    });
    thread.io.run();
    workshop.join();
    if (failed) std::rethrow_exception(failed);
    log::info(written ? "the demo tenant is written" : "the demo tenant is there already", {});
    std::fputs(demo_accounts().c_str(), stdout);
    return 0;
}

}  // namespace liveshop::app
