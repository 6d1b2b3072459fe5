#include "modules/catalog/routes.hpp"

#include "modules/catalog/handlers.hpp"
#include "modules/identity/types.hpp"

namespace liveshop::catalog {
namespace {

constexpr Access owners = only(Role::store_owner, Role::admin);
constexpr Access people = only(Role::store_owner, Role::store_staff, Role::admin);
constexpr Rate uploading{.count = 60, .per_s = 60};
constexpr Rate guessing{.count = 20, .per_s = 60};

std::vector<Route> store_routes() {
    return route_table(
        get<get_stores>("/stores").by(anyone).says("Stores that sell: by name, the best match, or the nearest"),
        post<create_store>("/stores")
            .by(owners)
            .creates()
            .fails(Errc::slug_taken)
            .says("Opens a store, which sells once it is verified"),
        get<get_my_stores>("/stores/mine").by(people).says("Stores I own or work at"),
        get<get_one_store>("/stores/{store_id}").by(anyone).fails(Errc::store_not_found).says("One store"),
        put<change_store>("/stores/{store_id}")
            .by(people)
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::store_closed_down)
            .says("Changes a store: its words and pictures, hours, delivery, tax"),
        del<close_store>("/stores/{store_id}")
            .by(people)
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::owner_only, Errc::store_in_use,
                   Errc::store_closed_down)
            .says("Closes a store for good, once nothing of it is under way; what was sold stays on record"),
        post<upload_store_picture>("/stores/{store_id}/pictures")
            .by(people)
            .creates()
            .takes_picture()
            .limited(uploading)
            .fails(Errc::store_not_found, Errc::not_your_store)
            .says("Keeps a picture for a product or the store, made anew as WebP of at most 1600 px"),
        get<get_all_stores>("/admin/stores")
            .by(admins)
            .fails(identity::Errc::not_platform_admin)
            .says("Stores of all tenants, those that wait for verification first"),
        post<verify_store>("/admin/stores/{store_id}/verify")
            .by(admins)
            .fails(Errc::store_not_found, Errc::already_decided, Errc::store_closed_down)
            .says("Lets a store sell"),
        post<reject_store>("/admin/stores/{store_id}/reject")
            .by(admins)
            .fails(Errc::store_not_found, Errc::already_decided, Errc::store_closed_down)
            .says("Keeps a store from selling and tells its owner why"));
}

std::vector<Route> staff_routes() {
    return route_table(
        get<get_staff>("/stores/{store_id}/staff")
            .by(people)
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::owner_only)
            .says("Who works at a store, and who was asked to"),
        post<invite_staff>("/stores/{store_id}/staff")
            .by(people)
            .creates()
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::owner_only, Errc::already_staff,
                   Errc::store_closed_down)
            .says("Invites somebody to work at a store; the code is good for seven days"),
        del<withdraw_staff_invitation>("/stores/{store_id}/staff/invitations/{invitation_id}")
            .by(people)
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::owner_only, Errc::invitation_not_found)
            .says("Takes an invitation back"),
        post<accept_staff_invitation>("/staff-invitations/accept")
            .limited(guessing)
            .fails(Errc::invitation_not_found, Errc::invitation_not_yours, Errc::role_unfit)
            .says("Accepts an invitation; the next refresh of the session carries the new role"),
        del<remove_staff>("/stores/{store_id}/staff/{user_id}")
            .by(people)
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::owner_only, Errc::staff_not_found)
            .says("Ends somebody's work at a store"));
}

std::vector<Route> product_routes() {
    return route_table(
        get<get_store_products>("/stores/{store_id}/products")
            .by(anyone)
            .fails(Errc::store_not_found)
            .says("What a store sells, newest first; its own people also see what it does not"),
        post<create_product>("/stores/{store_id}/products")
            .by(people)
            .creates()
            .fails(Errc::store_not_found, Errc::not_your_store, Errc::store_closed_down, Errc::sku_taken)
            .says("Adds a product with its variants"),
        get<get_products_found>("/products").by(anyone).says("Products by words and filters, or the newest"),
        get<get_product_suggestions>("/products/suggestions").by(anyone).says("Names that begin or look like this"),
        get<get_one_product>("/products/{product_id}")
            .by(anyone)
            .fails(Errc::product_not_found)
            .says("One product with its variants and their stock"),
        put<change_product>("/products/{product_id}")
            .by(people)
            .fails(Errc::product_not_found, Errc::variant_not_found, Errc::not_your_store, Errc::sku_taken)
            .says("Changes a product and its variants, but not their stock"),
        del<delete_product>("/products/{product_id}")
            .by(people)
            .fails(Errc::product_not_found, Errc::not_your_store)
            .says("Removes a product; orders of it keep what they say"),
        del<delete_variant>("/variants/{variant_id}")
            .by(people)
            .fails(Errc::variant_not_found, Errc::not_your_store, Errc::last_variant)
            .says("Removes a variant and gives its SKU back"),
        put<change_stock>("/variants/{variant_id}/stock")
            .by(people)
            .fails(Errc::variant_not_found, Errc::not_your_store, Errc::stock_changed, Errc::stock_too_low)
            .says("Adds to the stock, takes from it, or sets what was counted"));
}

}  // namespace

std::vector<Route> routes() { return store_routes() + staff_routes() + product_routes(); }

std::vector<ConstraintRow> constraints() {
    return {{"stores_slug_key", describe_error(Errc::slug_taken)},
            {"product_variants_sku_key", describe_error(Errc::sku_taken)}};
}

}  // namespace liveshop::catalog
