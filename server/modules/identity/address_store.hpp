#pragma once
#include "modules/identity/requests.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::identity {

inline const std::string address_columns = "id, label, street, city, state, zip, country, lat, lng, is_default";

inline const db::Query<SavedAddress(UserId)> list_addresses{
    "identity.list_addresses",
    "select " + address_columns + " from addresses where user_id = $1 order by is_default desc, created_at, id"};

inline const db::Query<std::int64_t(UserId)> count_addresses{"identity.count_addresses", R"(
    select count(*) from addresses where user_id = $1
)"};

inline const db::Query<SavedAddressId(UserId, Text<1, 50>, AddressLine, AddressLine, std::optional<AddressState>,
                                      AddressZip, std::string, Latitude, Longitude)>
    insert_address{"identity.insert_address", R"(
    insert into addresses (user_id, label, street, city, state, zip, country, lat, lng)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id
)"};

inline const db::Query<void(UserId, SavedAddressId, std::optional<Text<1, 50>>, std::optional<AddressLine>,
                            std::optional<AddressLine>, std::optional<Text<0, 100>>, std::optional<AddressZip>,
                            std::optional<std::string>, std::optional<Latitude>, std::optional<Longitude>)>
    update_address{"identity.update_address", R"(
    update addresses
       set label = coalesce($3, label), street = coalesce($4, street), city = coalesce($5, city),
           state = nullif(coalesce($6, state), ''), zip = coalesce($7, zip), country = coalesce($8, country),
           lat = coalesce($9, lat), lng = coalesce($10, lng), updated_at = now()
     where user_id = $1 and id = $2
)"};

/// In two steps: there is never more than one default, not even for a moment.
inline const db::Query<void(UserId)> clear_default_address{"identity.clear_default_address", R"(
    update addresses set is_default = false where user_id = $1 and is_default
)"};
inline const db::Query<void(UserId, SavedAddressId)> set_default_address{"identity.set_default_address", R"(
    update addresses set is_default = true where user_id = $1 and id = $2
)"};
/// Where there is none, the newest becomes it.
inline const db::Query<void(UserId)> ensure_default_address{"identity.ensure_default_address", R"(
    update addresses set is_default = true
     where id = (select id from addresses where user_id = $1 order by created_at desc, id desc limit 1)
       and not exists (select from addresses where user_id = $1 and is_default)
)"};

inline const db::Query<SavedAddress(UserId, SavedAddressId)> find_address{
    "identity.find_address", "select " + address_columns + " from addresses where user_id = $1 and id = $2"};

inline const db::Query<void(UserId, SavedAddressId)> delete_address{"identity.delete_address", R"(
    delete from addresses where user_id = $1 and id = $2
)"};

}  // namespace liveshop::identity
