#pragma once
// The handlers behind routes.cpp, by subject.
#include "modules/catalog/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::catalog {

// stores.cpp
awaitable<StorePage> get_stores(Ctx& ctx, ListStores in);
awaitable<StoreList> get_my_stores(Ctx& ctx);
awaitable<Store> get_one_store(Ctx& ctx, StoreOf in);
awaitable<Store> create_store(Ctx& ctx, CreateStore in);
awaitable<Store> change_store(Ctx& ctx, UpdateStore in);
awaitable<void> close_store(Ctx& ctx, StoreOf in);
awaitable<UploadedPicture> upload_store_picture(Ctx& ctx, StoreOf in);

// verification.cpp
awaitable<StoreRowList> get_all_stores(Ctx& ctx);
awaitable<void> verify_store(Ctx& ctx, StoreOf in);
awaitable<void> reject_store(Ctx& ctx, RejectStore in);

// staff.cpp
awaitable<StaffList> get_staff(Ctx& ctx, StoreOf in);
awaitable<NewStaffInvitation> invite_staff(Ctx& ctx, InviteStaff in);
awaitable<void> withdraw_staff_invitation(Ctx& ctx, StaffInvitationOf in);
awaitable<Store> accept_staff_invitation(Ctx& ctx, AcceptStaffInvitation in);
awaitable<void> remove_staff(Ctx& ctx, StaffOf in);

// products.cpp
awaitable<ProductPage> get_store_products(Ctx& ctx, ListStoreProducts in);
awaitable<Product> get_one_product(Ctx& ctx, ProductOf in);
awaitable<Product> create_product(Ctx& ctx, CreateProduct in);
awaitable<Product> change_product(Ctx& ctx, UpdateProduct in);
awaitable<void> delete_product(Ctx& ctx, ProductOf in);
awaitable<void> delete_variant(Ctx& ctx, VariantOf in);
awaitable<VariantStock> change_stock(Ctx& ctx, ChangeStock in);

// search.cpp
awaitable<ProductPage> get_products_found(Ctx& ctx, FindProducts in);
awaitable<ProductSuggestions> get_product_suggestions(Ctx& ctx, SuggestProducts in);

}  // namespace liveshop::catalog
