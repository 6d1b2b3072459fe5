#pragma once
// What the endpoints of stores and their staff take and answer beside a store itself.
#include "modules/catalog/types.hpp"
#include "platform/cursor.hpp"

namespace liveshop::catalog {

using StoreName = Text<1, 255>;
using LongText = Text<0, 5000>;
using PictureUrl = Text<1, 2000>;
using PageSize = Int<1, 100>;

struct ListStores {  // GET /stores
    std::optional<Text<1, 200>> q;
    std::optional<Text<1, 100>> category;
    std::optional<Latitude> lat;  ///< with lng: the nearest first
    std::optional<Longitude> lng;
    std::optional<Int<1, 1'000'000>> within_m;  ///< of that place
    std::optional<bool> delivers_here;          ///< to that place
    std::optional<bool> open_now;
    std::optional<Cursor> cursor;  ///< `next_cursor` of the page before
    std::optional<PageSize> limit;
};
BOOST_DESCRIBE_STRUCT(ListStores, (), (q, category, lat, lng, within_m, delivers_here, open_now, cursor, limit))

/// A store and how far it is from where the caller asked.
struct StoreCard : Store {
    std::optional<double> distance_m;
};
BOOST_DESCRIBE_STRUCT(StoreCard, (Store), (distance_m))

struct StorePage {
    std::vector<StoreCard> stores;
    std::optional<std::string> next_cursor;  ///< none on the last page
};
BOOST_DESCRIBE_STRUCT(StorePage, (), (stores, next_cursor))

struct StoreList {
    std::vector<Store> stores;
};
BOOST_DESCRIBE_STRUCT(StoreList, (), (stores))

struct CreateStore {  // POST /stores
    StoreName name;
    Slug slug;
    std::optional<LongText> description;
    std::optional<Text<1, 100>> category;
    Address address;
    Currency currency;
    std::optional<Price> minimum_order_minor;
    std::optional<Price> delivery_fee_minor;
    std::optional<Text<1, 64>> time_zone;  ///< IANA's name; UTC if left out
};
BOOST_DESCRIBE_STRUCT(CreateStore, (),
                      (name, slug, description, category, address, currency, minimum_order_minor, delivery_fee_minor,
                       time_zone))

struct UpdateStore {  // PUT /stores/{store_id}
    StoreId store_id;
    std::optional<StoreName> name;
    std::optional<LongText> description;
    std::optional<PictureUrl> logo_url;
    std::optional<PictureUrl> cover_url;
    std::optional<Text<1, 100>> category;
    std::optional<Address> address;
    std::optional<Price> minimum_order_minor;
    std::optional<Price> delivery_fee_minor;
    std::optional<Int<0, 1'000'000>> delivery_radius_m;  ///< 0: anywhere
    std::optional<Int<0, 604'800>> preparation_time_s;
    std::optional<Text<1, 64>> time_zone;
    std::optional<std::vector<OpeningHours>> opening_hours;
    std::optional<std::vector<Holiday>> holidays;
    std::optional<Int<-1, 10'000>> tax_rate_bp;  ///< -1: the tenant's rate and mode again
    std::optional<TaxMode> tax_mode;
    std::optional<bool> is_active;
};
BOOST_DESCRIBE_STRUCT(UpdateStore, (),
                      (store_id, name, description, logo_url, cover_url, category, address, minimum_order_minor,
                       delivery_fee_minor, delivery_radius_m, preparation_time_s, time_zone, opening_hours, holidays,
                       tax_rate_bp, tax_mode, is_active))

struct StoreOf {  // GET /stores/{store_id} and below
    StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(StoreOf, (), (store_id))

struct UploadedPicture {                 // of POST /stores/{store_id}/pictures
    std::string url;                     ///< to be named as a picture of a product or the store
    std::int64_t width = 0, height = 0;  ///< px
};
BOOST_DESCRIBE_STRUCT(UploadedPicture, (), (url, width, height))

struct RejectStore {  // POST /admin/stores/{store_id}/reject
    StoreId store_id;
    Text<1, 500> reason;  ///< for its owner
};
BOOST_DESCRIBE_STRUCT(RejectStore, (), (store_id, reason))

struct StoreRow {  // GET /admin/stores
    StoreId id;
    TenantId tenant_id;
    std::string tenant_name;
    std::string name;
    std::string slug;
    VerificationStatus verification_status = VerificationStatus::pending;
    std::optional<std::string> verification_note;
    bool is_active = true;
    std::int64_t product_count = 0;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(StoreRow, (),
                      (id, tenant_id, tenant_name, name, slug, verification_status, verification_note, is_active,
                       product_count, created_at))

struct StoreRowList {
    std::vector<StoreRow> stores;
};
BOOST_DESCRIBE_STRUCT(StoreRowList, (), (stores))

struct InviteStaff {  // POST /stores/{store_id}/staff
    StoreId store_id;
    Email email;
};
BOOST_DESCRIBE_STRUCT(InviteStaff, (), (store_id, email))

struct StaffInvitation {
    StaffInvitationId id;
    std::string email;
    Timestamp created_at;
    Timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(StaffInvitation, (), (id, email, created_at, expires_at))

struct NewStaffInvitation {
    StaffInvitation invitation;
    std::string code;  ///< told once, to hand on
};
BOOST_DESCRIBE_STRUCT(NewStaffInvitation, (), (invitation, code))

struct AcceptStaffInvitation {  // POST /staff-invitations/accept
    Text<1, 100> code;
};
BOOST_DESCRIBE_STRUCT(AcceptStaffInvitation, (), (code))

struct StaffMember {
    UserId user_id;
    std::string name;
    std::string email;
    Timestamp created_at;  ///< when they began to work there
};
BOOST_DESCRIBE_STRUCT(StaffMember, (), (user_id, name, email, created_at))

struct StaffList {
    std::vector<StaffMember> staff;
    std::vector<StaffInvitation> invitations;  ///< not answered yet
};
BOOST_DESCRIBE_STRUCT(StaffList, (), (staff, invitations))

struct StaffOf {  // DELETE /stores/{store_id}/staff/{user_id}
    StoreId store_id;
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(StaffOf, (), (store_id, user_id))

struct StaffInvitationOf {  // DELETE /stores/{store_id}/staff/invitations/{invitation_id}
    StoreId store_id;
    StaffInvitationId invitation_id;
};
BOOST_DESCRIBE_STRUCT(StaffInvitationOf, (), (store_id, invitation_id))

}  // namespace liveshop::catalog
