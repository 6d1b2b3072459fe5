// Who sells and who drives is known. Documents are private files: only this module gives them out, to admins.
#include "modules/identity/api.hpp"
#include "modules/identity/handlers.hpp"
#include "modules/identity/jobs.hpp"
#include "modules/identity/kyc_store.hpp"
#include "modules/identity/rules.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/private_files.hpp"

namespace liveshop::identity {
namespace {

constexpr int document_edge_px = 2400;  // small print stays readable
constexpr int age_min_years = 18;

struct KycDecision {
    KycSubmissionId submission_id;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(KycDecision, (), (submission_id, reason))

awaitable<User> lock_caller(Ctx& ctx) {
    std::optional<User> user = co_await ctx.tx.find(lock_user, ctx.user());
    if (!user) throw Fail(PlatformErrc::unauthenticated);
    co_return std::move(*user);
}

// Nothing more is taken while a decision is due, or after it was favourable.
awaitable<void> require_open(Ctx& ctx, const User& user) {
    if (user.kyc_status == KycStatus::verified) throw Fail(Errc::kyc_verified_already);
    const std::optional<KycSubmission> latest = co_await ctx.tx.find(find_latest_submission, user.id);
    if (latest && latest->status == KycStatus::pending) throw Fail(Errc::kyc_pending_already);
}

awaitable<KycSubmission> decide(Ctx& ctx, UserId user_id, KycEvent event, std::optional<std::string> reason) {
    const std::optional<User> user = co_await ctx.tx.find(lock_user, user_id);
    if (!user) throw Fail(PlatformErrc::not_found);
    const KycStatus to = *kyc_machine.next(KycStatus::pending, event);
    std::optional<KycSubmission> submission = co_await ctx.tx.find(decide_submission, user_id, to, reason, ctx.user());
    if (!submission) throw Fail(Errc::kyc_not_pending);
    co_await ctx.tx.run(update_kyc_status, user_id, to);
    co_await audit(ctx, event == KycEvent::verify ? "kyc.verify" : "kyc.reject", user_id,
                   KycDecision{submission->id, std::move(reason)});
    co_await jobs::publish(ctx, "identity.kyc_decided", UserFact{user_id});
    co_return std::move(*submission);
}

}  // namespace

awaitable<bool> is_kyc_verified(Ctx& ctx, UserId user_id) {
    const std::optional<KycStatus> status = co_await ctx.tx.find(find_kyc_status, user_id);
    co_return status == KycStatus::verified;
}

awaitable<void> require_kyc_verified(Ctx& ctx) {
    const bool verified = co_await is_kyc_verified(ctx, ctx.user());
    if (!verified) throw Fail(Errc::kyc_required);
}

awaitable<MyKyc> get_my_kyc(Ctx& ctx) {
    const User user = co_await get_user(ctx, ctx.user());
    MyKyc mine;
    mine.status = user.kyc_status;
    mine.submission = co_await ctx.tx.find(find_latest_submission, user.id);
    mine.documents = co_await ctx.tx.all(list_draft_documents, user.id);
    const std::span<const KycDocumentKind> required = documents_required(user.role);
    mine.required.assign(required.begin(), required.end());
    co_return mine;
}

// The picture is made anew before the transaction: no connection is held while it is.
awaitable<KycDocument> put_kyc_document(Ctx& ctx, OfKycKind in) {
    pictures::Studio& studio = ctx.services.get<pictures::Studio>();
    const auto picture = co_await studio.develop(std::string(ctx.request->body), document_edge_px);
    if (!picture) throw Fail(Errc::picture_unreadable);
    const User user = co_await lock_caller(ctx);
    co_await require_open(ctx, user);
    PrivateFiles& files = ctx.services.get<PrivateFiles>();
    const std::string key = co_await files.keep(ctx.tenant, picture->webp);
    const std::optional<std::string> old = co_await ctx.tx.find(delete_draft_document, user.id, in.kind);
    if (old) co_await jobs::enqueue(ctx, remove_files_kind, RemoveFiles{.private_keys = {*old}, .urls = {}});
    KycDocument document = co_await ctx.tx.one(insert_document, user.id, in.kind, key);
    co_return document;
}

awaitable<void> remove_kyc_document(Ctx& ctx, OfKycKind in) {
    const std::optional<std::string> old = co_await ctx.tx.find(delete_draft_document, ctx.user(), in.kind);
    if (!old) throw Fail(PlatformErrc::not_found);
    co_await jobs::enqueue(ctx, remove_files_kind, RemoveFiles{.private_keys = {*old}, .urls = {}});
}

awaitable<MyKyc> submit_kyc(Ctx& ctx, SubmitKyc in) {
    if (!is_birthday(in.date_of_birth.value, age_min_years, ctx.now))
        throw Invalid({{"/date_of_birth", "must be a day, YYYY-MM-DD, at least 18 years ago"}});
    const User user = co_await lock_caller(ctx);
    if (user.role == Role::store_owner && !in.business_name) throw Invalid({{"/business_name", "is required"}});
    if (!user.is_email_verified) throw Fail(Errc::email_unverified);
    co_await require_open(ctx, user);
    const std::vector<KycDocument> documents = co_await ctx.tx.all(list_draft_documents, user.id);
    for (const KycDocumentKind kind : documents_required(user.role))
        if (std::ranges::find(documents, kind, &KycDocument::kind) == documents.end())
            throw Fail(Errc::kyc_documents_missing, std::string(name_of(kind)));
    std::optional<std::string> business_name;
    if (in.business_name) business_name = in.business_name->value;
    const KycSubmissionId id =
        co_await ctx.tx.one(insert_submission, user.id, in.legal_name.value, in.date_of_birth.value, business_name);
    co_await ctx.tx.run(hand_in_documents, user.id, id);
    co_await ctx.tx.run(update_kyc_status, user.id, KycStatus::pending);
    MyKyc mine = co_await get_my_kyc(ctx);
    co_return mine;
}

awaitable<KycQueue> list_kyc(Ctx& ctx, FindKyc in) {
    KycQueue queue;
    queue.submissions = co_await ctx.tx.all(list_submissions, in.status.value_or(KycStatus::pending));
    co_return queue;
}

awaitable<KycFile> get_kyc(Ctx& ctx, OfUser in) {
    std::optional<User> user = co_await ctx.tx.find(find_user, in.user_id);
    if (!user) throw Fail(PlatformErrc::not_found);
    std::optional<KycSubmission> submission = co_await ctx.tx.find(find_latest_submission, in.user_id);
    if (!submission) throw Fail(PlatformErrc::not_found);
    KycFile file{.user = std::move(*user), .submission = std::move(*submission), .documents = {}};
    file.documents = co_await ctx.tx.all(list_submitted_documents, file.submission.id);
    co_return file;
}

awaitable<File> get_kyc_document(Ctx& ctx, OfKycDocument in) {
    const std::optional<std::string> key = co_await ctx.tx.find(find_document_file, in.user_id, in.document_id);
    if (!key) throw Fail(PlatformErrc::not_found);
    PrivateFiles& files = ctx.services.get<PrivateFiles>();
    std::optional<std::string> bytes = co_await files.read(ctx.tenant, *key);
    if (!bytes) throw Fail(PlatformErrc::not_found);
    co_return File{std::move(*bytes)};
}

awaitable<KycSubmission> verify_kyc(Ctx& ctx, OfUser in) {
    KycSubmission submission = co_await decide(ctx, in.user_id, KycEvent::verify, std::nullopt);
    co_return submission;
}

awaitable<KycSubmission> reject_kyc(Ctx& ctx, RejectKyc in) {
    KycSubmission submission = co_await decide(ctx, in.user_id, KycEvent::reject, std::move(in.reason.value));
    co_return submission;
}

}  // namespace liveshop::identity
