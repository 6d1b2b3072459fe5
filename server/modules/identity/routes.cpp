#include "modules/identity/routes.hpp"

#include "modules/identity/handlers.hpp"

namespace liveshop::identity {
namespace {

constexpr Access handing_in = only(Role::store_owner, Role::driver);
constexpr Rate guessing{.count = 60, .per_s = 60};
constexpr Rate proving{.count = 20, .per_s = 60};
constexpr Rate sending{.count = 20, .per_s = 3600};
constexpr Rate uploading{.count = 30, .per_s = 3600};

std::vector<Route> entrance_routes() {
    return route_table(post<register_user>("/auth/register")
                           .by(anyone)
                           .creates()
                           .limited(guessing)
                           .fails(Errc::email_taken)
                           .says("Opens an account and signs it in"),
                       post<login>("/auth/login")
                           .by(anyone)
                           .limited(guessing)
                           .fails(Errc::wrong_credentials, Errc::account_suspended)
                           .says("Signs in"),
                       post<refresh>("/auth/refresh")
                           .by(anyone)
                           .fails(Errc::session_ended, Errc::session_reused, Errc::account_suspended)
                           .says("Exchanges the refresh token for the next pair of tokens"),
                       post<logout>("/auth/logout").by(anyone).says("Ends this session"),
                       post<forgot_password>("/auth/forgot-password")
                           .by(anyone)
                           .limited(sending)
                           .says("Sends a code to this address if it is an account's; the answer does not tell"),
                       post<reset_password>("/auth/reset-password")
                           .by(anyone)
                           .limited(proving)
                           .fails(Errc::code_invalid)
                           .says("Sets a new password and signs out everywhere"),
                       post<verify_email>("/auth/verify-email")
                           .by(anyone)
                           .limited(proving)
                           .fails(Errc::code_invalid, Errc::email_taken, PlatformErrc::unauthenticated)
                           .says("Confirms an e-mail address with the code that was sent to it"),
                       post<verify_phone>("/auth/verify-phone")
                           .limited(proving)
                           .fails(Errc::code_invalid)
                           .says("Confirms my phone number with the code that was sent to it"),
                       post<request_verification>("/auth/verifications")
                           .creates()
                           .limited(sending)
                           .fails(Errc::codes_exhausted, Errc::email_verified_already, Errc::phone_verified_already,
                                  Errc::phone_missing)
                           .says("Sends a new code to my e-mail address or phone"));
}

std::vector<Route> my_routes() {
    return route_table(
        get<get_me>("/me").says("My account"), put<update_me>("/me").says("Changes my account"),
        del<delete_me>("/me")
            .takes_body()
            .limited(proving)
            .fails(Errc::wrong_password, Errc::account_in_use)
            .says("Deletes my account: what names me goes, orders and the ledger stay"),
        put<put_avatar>("/me/avatar")
            .takes_picture()
            .limited(uploading)
            .fails(Errc::picture_unreadable)
            .says("Sets my picture"),
        del<remove_avatar>("/me/avatar").says("Takes my picture away"),
        put<change_email>("/me/email")
            .limited(sending)
            .fails(Errc::wrong_password, Errc::codes_exhausted)
            .says("Sends a code to a new e-mail address, which becomes mine when it is confirmed"),
        put<change_password>("/me/password")
            .limited(proving)
            .fails(Errc::wrong_password)
            .says("Changes my password and signs my other devices out"),
        get<get_sessions>("/me/sessions").says("Where I am signed in"),
        del<end_all_sessions>("/me/sessions").says("Signs out everywhere"),
        del<end_one_session>("/me/sessions/{session_id}")
            .fails(PlatformErrc::not_found)
            .says("Signs one of my devices out"),
        get<get_addresses>("/me/addresses").says("My addresses"),
        post<add_address>("/me/addresses").creates().fails(Errc::too_many_addresses).says("Adds an address"),
        put<change_address>("/me/addresses/{address_id}").fails(PlatformErrc::not_found).says("Changes an address"),
        del<remove_address>("/me/addresses/{address_id}").fails(PlatformErrc::not_found).says("Removes an address"));
}

std::vector<Route> kyc_routes() {
    return route_table(
        get<get_my_kyc>("/me/kyc").by(handing_in).says("Where the verification of my identity stands"),
        put<put_kyc_document>("/me/kyc/documents/{kind}")
            .by(handing_in)
            .takes_picture()
            .limited(uploading)
            .fails(Errc::picture_unreadable, Errc::kyc_pending_already, Errc::kyc_verified_already)
            .says("Keeps the picture of a document until it is handed in"),
        del<remove_kyc_document>("/me/kyc/documents/{kind}")
            .by(handing_in)
            .fails(PlatformErrc::not_found)
            .says("Takes a document back that is not handed in"),
        post<submit_kyc>("/me/kyc")
            .by(handing_in)
            .creates()
            .limited(proving)
            .fails(Errc::email_unverified, Errc::kyc_documents_missing, Errc::kyc_pending_already,
                   Errc::kyc_verified_already)
            .says("Hands my documents in, to be verified"),
        get<list_kyc>("/admin/kyc").by(admins).says("Who waits to be verified"),
        get<get_kyc>("/admin/kyc/{user_id}").by(admins).fails(PlatformErrc::not_found).says("What somebody handed in"),
        get<get_kyc_document>("/admin/kyc/{user_id}/documents/{document_id}")
            .by(admins)
            .gives("image/webp")
            .fails(PlatformErrc::not_found)
            .says("The picture of a document"),
        post<verify_kyc>("/admin/kyc/{user_id}/verify")
            .by(admins)
            .fails(PlatformErrc::not_found, Errc::kyc_not_pending)
            .says("Finds somebody's identity verified"),
        post<reject_kyc>("/admin/kyc/{user_id}/reject")
            .by(admins)
            .fails(PlatformErrc::not_found, Errc::kyc_not_pending)
            .says("Rejects what somebody handed in, with the reason they are told"));
}

std::vector<Route> admin_routes() {
    return route_table(
        get<list_users>("/admin/users").by(admins).says("People, newest first"),
        get<get_user_file>("/admin/users/{user_id}").by(admins).fails(PlatformErrc::not_found).says("One person"),
        put<set_user_status>("/admin/users/{user_id}/status")
            .by(admins)
            .fails(PlatformErrc::not_found, Errc::own_account, Errc::status_unchanged)
            .says("Suspends somebody and ends their sessions, or lets them in again"),
        get<get_tenants>("/admin/tenants").by(admins).fails(Errc::not_platform_admin).says("All tenants"));
}

}  // namespace

std::vector<Route> routes() { return entrance_routes() + my_routes() + kyc_routes() + admin_routes(); }

std::vector<ConstraintRow> constraints() { return {{"users_email_key", describe_error(Errc::email_taken)}}; }

}  // namespace liveshop::identity
