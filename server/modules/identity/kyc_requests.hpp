#pragma once
// What people hand in to prove who they are, and what is decided of it.
#include "modules/identity/types.hpp"

namespace liveshop::identity {

enum class KycDocumentKind { identity_front, identity_back, driving_licence, business_registration, selfie };
BOOST_DESCRIBE_ENUM(KycDocumentKind, identity_front, identity_back, driving_licence, business_registration, selfie)

struct KycDocument {
    KycDocumentId id;
    KycDocumentKind kind = KycDocumentKind::identity_front;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(KycDocument, (), (id, kind, created_at))

struct KycSubmission {
    KycSubmissionId id;
    std::string legal_name;
    std::string date_of_birth;  ///< YYYY-MM-DD
    std::optional<std::string> business_name;
    KycStatus status = KycStatus::pending;
    std::optional<std::string> reason;  ///< of a rejection
    std::optional<Timestamp> decided_at;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(KycSubmission, (),
                      (id, legal_name, date_of_birth, business_name, status, reason, decided_at, created_at))

struct MyKyc {  // GET /me/kyc
    KycStatus status = KycStatus::pending;
    std::optional<KycSubmission> submission;  ///< the latest
    std::vector<KycDocument> documents;       ///< that wait to be handed in
    std::vector<KycDocumentKind> required;
};
BOOST_DESCRIBE_STRUCT(MyKyc, (), (status, submission, documents, required))

struct OfKycKind {  // PUT, DELETE /me/kyc/documents/{kind}
    KycDocumentKind kind = KycDocumentKind::identity_front;
};
BOOST_DESCRIBE_STRUCT(OfKycKind, (), (kind))

struct SubmitKyc {  // POST /me/kyc
    Text<1, 200> legal_name;
    Text<10, 10> date_of_birth;  ///< YYYY-MM-DD
    std::optional<Text<1, 200>> business_name;
};
BOOST_DESCRIBE_STRUCT(SubmitKyc, (), (legal_name, date_of_birth, business_name))

struct KycQueueRow {
    UserId user_id;
    std::string name;
    std::string email;
    Role role = Role::driver;
    std::string legal_name;
    std::optional<std::string> business_name;
    KycStatus status = KycStatus::pending;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(KycQueueRow, (), (user_id, name, email, role, legal_name, business_name, status, created_at))

struct KycQueue {
    std::vector<KycQueueRow> submissions;  ///< pending ones oldest first, decided ones newest first
};
BOOST_DESCRIBE_STRUCT(KycQueue, (), (submissions))

struct FindKyc {                      // GET /admin/kyc
    std::optional<KycStatus> status;  ///< pending if left out
};
BOOST_DESCRIBE_STRUCT(FindKyc, (), (status))

struct OfUser {  // GET /admin/kyc/{user_id}, POST /admin/kyc/{user_id}/verify
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(OfUser, (), (user_id))

struct KycFile {  // GET /admin/kyc/{user_id}
    User user;
    KycSubmission submission;
    std::vector<KycDocument> documents;
};
BOOST_DESCRIBE_STRUCT(KycFile, (), (user, submission, documents))

struct OfKycDocument {  // GET /admin/kyc/{user_id}/documents/{document_id}
    UserId user_id;
    KycDocumentId document_id;
};
BOOST_DESCRIBE_STRUCT(OfKycDocument, (), (user_id, document_id))

struct RejectKyc {  // POST /admin/kyc/{user_id}/reject
    UserId user_id;
    Text<3, 500> reason;
};
BOOST_DESCRIBE_STRUCT(RejectKyc, (), (user_id, reason))

}  // namespace liveshop::identity
