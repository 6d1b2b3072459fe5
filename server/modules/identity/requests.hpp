#pragma once
// What the routes take and answer.
#include "modules/identity/types.hpp"

namespace liveshop::identity {

struct Register {  // POST /auth/register
    Email email;
    Password password;
    PersonName name;
    std::optional<Phone> phone;
    std::optional<OpenRole> role;  ///< customer if left out
    std::optional<ClientKind> client;
};
BOOST_DESCRIBE_STRUCT(Register, (), (email, password, name, phone, role, client))

struct Login {  // POST /auth/login
    Email email;
    Text<1, 128> password;
    std::optional<ClientKind> client;
};
BOOST_DESCRIBE_STRUCT(Login, (), (email, password, client))

struct Refresh {                                // POST /auth/refresh, POST /auth/logout
    std::optional<Text<1, 100>> refresh_token;  ///< a native client's; a browser's comes as a cookie
};
BOOST_DESCRIBE_STRUCT(Refresh, (), (refresh_token))

struct Session {
    std::string access_token;
    std::int64_t expires_in_s = 0;
    std::optional<std::string> refresh_token;  ///< only for native clients
    User user;
};
BOOST_DESCRIBE_STRUCT(Session, (), (access_token, expires_in_s, refresh_token, user))

struct ForgotPassword {  // POST /auth/forgot-password
    Email email;
};
BOOST_DESCRIBE_STRUCT(ForgotPassword, (), (email))

/// Where a code was sent, if there is anybody to send it to.
struct CodeRequested {
    VerificationId verification_id;
    std::int64_t expires_in_s = 0;
};
BOOST_DESCRIBE_STRUCT(CodeRequested, (), (verification_id, expires_in_s))

using TypedCode = Text<1, 20>;  ///< as people type it: small letters, blanks and dashes are let pass

struct ResetPassword {  // POST /auth/reset-password
    VerificationId verification_id;
    TypedCode code;
    Password password;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (verification_id, code, password))

struct VerifyContact {                              // POST /auth/verify-email, POST /auth/verify-phone
    std::optional<VerificationId> verification_id;  ///< the caller's latest if left out
    TypedCode code;
};
BOOST_DESCRIBE_STRUCT(VerifyContact, (), (verification_id, code))

enum class Contact { email, phone };
BOOST_DESCRIBE_ENUM(Contact, email, phone)

struct RequestCode {  // POST /auth/verifications
    Contact contact = Contact::email;
};
BOOST_DESCRIBE_STRUCT(RequestCode, (), (contact))

struct UpdateMe {  // PUT /me
    std::optional<PersonName> name;
    std::optional<Text<0, 20>> phone;  ///< empty takes it away
    std::optional<Text<2, 35>> locale;
    std::optional<Preferences> preferences;
};
BOOST_DESCRIBE_STRUCT(UpdateMe, (), (name, phone, locale, preferences))

struct ChangeEmail {  // PUT /me/email
    Email email;
    Text<1, 128> password;
};
BOOST_DESCRIBE_STRUCT(ChangeEmail, (), (email, password))

struct ChangePassword {  // PUT /me/password
    Text<1, 128> current_password;
    Password password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current_password, password))

struct DeleteMe {  // DELETE /me
    Text<1, 128> password;
};
BOOST_DESCRIBE_STRUCT(DeleteMe, (), (password))

/// A sign-in that lasts.
struct Device {
    SessionId id;
    std::string user_agent;
    Timestamp created_at;
    Timestamp last_used_at;
    bool is_current = false;
};
BOOST_DESCRIBE_STRUCT(Device, (), (id, user_agent, created_at, last_used_at, is_current))

struct DeviceList {
    std::vector<Device> sessions;
};
BOOST_DESCRIBE_STRUCT(DeviceList, (), (sessions))

struct OfSession {  // DELETE /me/sessions/{session_id}
    SessionId session_id;
};
BOOST_DESCRIBE_STRUCT(OfSession, (), (session_id))

using AddressLine = Text<1, 200>;
using AddressState = Text<1, 100>;
using AddressZip = Text<1, 20>;
using AddressCountry = Text<2, 2>;  ///< ISO 3166-1 alpha-2

struct SavedAddress {
    SavedAddressId id;
    std::string label;
    std::string street;
    std::string city;
    std::optional<std::string> state;
    std::string zip;
    std::string country;
    double lat = 0;
    double lng = 0;
    bool is_default = false;
};
BOOST_DESCRIBE_STRUCT(SavedAddress, (), (id, label, street, city, state, zip, country, lat, lng, is_default))

struct SavedAddressList {
    std::vector<SavedAddress> addresses;  ///< the default first
};
BOOST_DESCRIBE_STRUCT(SavedAddressList, (), (addresses))

struct AddAddress {     // POST /me/addresses
    Text<1, 50> label;  ///< "Home"
    AddressLine street;
    AddressLine city;
    std::optional<AddressState> state;
    AddressZip zip;
    AddressCountry country;
    Latitude lat;
    Longitude lng;
    std::optional<bool> is_default;  ///< the first one is in any case
};
BOOST_DESCRIBE_STRUCT(AddAddress, (), (label, street, city, state, zip, country, lat, lng, is_default))

struct ChangeAddress {  // PUT /me/addresses/{address_id}
    SavedAddressId address_id;
    std::optional<Text<1, 50>> label;
    std::optional<AddressLine> street;
    std::optional<AddressLine> city;
    std::optional<Text<0, 100>> state;  ///< empty takes it away
    std::optional<AddressZip> zip;
    std::optional<AddressCountry> country;
    std::optional<Latitude> lat;
    std::optional<Longitude> lng;
    std::optional<bool> is_default;  ///< true makes it the default; another one's becoming it makes this one none
};
BOOST_DESCRIBE_STRUCT(ChangeAddress, (), (address_id, label, street, city, state, zip, country, lat, lng, is_default))

struct OfAddress {  // DELETE /me/addresses/{address_id}
    SavedAddressId address_id;
};
BOOST_DESCRIBE_STRUCT(OfAddress, (), (address_id))

struct TenantRow {
    TenantId id;
    std::string name;
    std::string slug;
    std::string plan;
    std::int64_t store_count = 0;
    std::int64_t user_count = 0;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(TenantRow, (), (id, name, slug, plan, store_count, user_count, created_at))

struct TenantList {
    std::vector<TenantRow> tenants;
};
BOOST_DESCRIBE_STRUCT(TenantList, (), (tenants))

}  // namespace liveshop::identity
