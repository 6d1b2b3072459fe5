#pragma once
// The handlers of the table in routes.cpp.
#include "modules/identity/admin_requests.hpp"
#include "modules/identity/kyc_requests.hpp"
#include "modules/identity/requests.hpp"
#include "platform/api/route.hpp"
#include "platform/context.hpp"

namespace liveshop::identity {

awaitable<Session> register_user(Ctx& ctx, Register in);
awaitable<Session> login(Ctx& ctx, Login in);
awaitable<Session> refresh(Ctx& ctx, Refresh in);
awaitable<void> logout(Ctx& ctx, Refresh in);

awaitable<CodeRequested> forgot_password(Ctx& ctx, ForgotPassword in);
awaitable<void> reset_password(Ctx& ctx, ResetPassword in);
awaitable<void> verify_email(Ctx& ctx, VerifyContact in);
awaitable<void> verify_phone(Ctx& ctx, VerifyContact in);
awaitable<CodeRequested> request_verification(Ctx& ctx, RequestCode in);
awaitable<CodeRequested> change_email(Ctx& ctx, ChangeEmail in);
awaitable<void> change_password(Ctx& ctx, ChangePassword in);

awaitable<User> get_me(Ctx& ctx);
awaitable<User> update_me(Ctx& ctx, UpdateMe in);
awaitable<User> put_avatar(Ctx& ctx);
awaitable<User> remove_avatar(Ctx& ctx);
awaitable<void> delete_me(Ctx& ctx, DeleteMe in);

awaitable<DeviceList> get_sessions(Ctx& ctx);
awaitable<void> end_one_session(Ctx& ctx, OfSession in);
awaitable<void> end_all_sessions(Ctx& ctx);

awaitable<SavedAddressList> get_addresses(Ctx& ctx);
awaitable<SavedAddress> add_address(Ctx& ctx, AddAddress in);
awaitable<SavedAddress> change_address(Ctx& ctx, ChangeAddress in);
awaitable<void> remove_address(Ctx& ctx, OfAddress in);

awaitable<MyKyc> get_my_kyc(Ctx& ctx);
awaitable<KycDocument> put_kyc_document(Ctx& ctx, OfKycKind in);
awaitable<void> remove_kyc_document(Ctx& ctx, OfKycKind in);
awaitable<MyKyc> submit_kyc(Ctx& ctx, SubmitKyc in);
awaitable<KycQueue> list_kyc(Ctx& ctx, FindKyc in);
awaitable<KycFile> get_kyc(Ctx& ctx, OfUser in);
awaitable<File> get_kyc_document(Ctx& ctx, OfKycDocument in);
awaitable<KycSubmission> verify_kyc(Ctx& ctx, OfUser in);
awaitable<KycSubmission> reject_kyc(Ctx& ctx, RejectKyc in);

awaitable<UserPage> list_users(Ctx& ctx, FindUsers in);
awaitable<UserFile> get_user_file(Ctx& ctx, OfUser in);
awaitable<User> set_user_status(Ctx& ctx, SetUserStatus in);
awaitable<TenantList> get_tenants(Ctx& ctx);

}  // namespace liveshop::identity
