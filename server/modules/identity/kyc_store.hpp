#pragma once
#include "modules/identity/kyc_requests.hpp"
#include "modules/identity/store.hpp"

namespace liveshop::identity {

inline const std::string submission_columns =
    "s.id, s.legal_name, s.date_of_birth, s.business_name, s.status, s.reason, s.decided_at, s.created_at";

inline const db::Query<KycSubmission(UserId)> find_latest_submission{
    "identity.find_latest_submission", "select " + submission_columns +
                                           " from kyc_submissions s where s.user_id = $1"
                                           " order by s.created_at desc, s.id desc limit 1"};

inline const db::Query<KycDocument(UserId)> list_draft_documents{"identity.list_draft_documents", R"(
    select id, kind, created_at from kyc_documents where user_id = $1 and submission_id is null order by kind
)"};

inline const db::Query<KycDocument(KycSubmissionId)> list_submitted_documents{"identity.list_submitted_documents", R"(
    select id, kind, created_at from kyc_documents where submission_id = $1 order by kind
)"};

/// The file of what was there before.
inline const db::Query<std::string(UserId, KycDocumentKind)> delete_draft_document{"identity.delete_draft_document",
                                                                                   R"(
    delete from kyc_documents where user_id = $1 and kind = $2 and submission_id is null returning file_key
)"};

inline const db::Query<KycDocument(UserId, KycDocumentKind, std::string)> insert_document{"identity.insert_document",
                                                                                          R"(
    insert into kyc_documents (user_id, kind, file_key) values ($1, $2, $3) returning id, kind, created_at
)"};

inline const db::Query<KycSubmissionId(UserId, std::string, std::string, std::optional<std::string>)> insert_submission{
    "identity.insert_submission", R"(
    insert into kyc_submissions (user_id, legal_name, date_of_birth, business_name) values ($1, $2, $3, $4) returning id
)"};

inline const db::Query<void(UserId, KycSubmissionId)> hand_in_documents{"identity.hand_in_documents", R"(
    update kyc_documents set submission_id = $2 where user_id = $1 and submission_id is null
)"};

inline const db::Query<void(UserId, KycStatus)> update_kyc_status{"identity.update_kyc_status", R"(
    update users set kyc_status = $2, updated_at = now() where id = $1
)"};

inline const db::Query<KycQueueRow(KycStatus)> list_submissions{"identity.list_submissions", R"(
    select u.id as user_id, u.profile->>'name' as name, u.email, u.role, s.legal_name, s.business_name, s.status,
           s.created_at
      from kyc_submissions s join users u on u.id = s.user_id
     where s.status = $1 and u.deleted_at is null
     order by case when s.status = 'pending' then s.created_at end, s.created_at desc, s.id limit 200
)"};

inline const db::Query<std::string(UserId, KycDocumentId)> find_document_file{"identity.find_document_file", R"(
    select file_key from kyc_documents where user_id = $1 and id = $2 and submission_id is not null
)"};

/// Zero rows where nothing is pending, or somebody else decided first.
inline const db::Query<KycSubmission(UserId, KycStatus, std::optional<std::string>, UserId)> decide_submission{
    "identity.decide_submission", R"(
    update kyc_submissions s set status = $2, reason = $3, decided_by = $4, decided_at = now()
     where s.user_id = $1 and s.status = 'pending' returning )" +
                                      submission_columns};

inline const db::Query<std::string(UserId)> list_document_files{"identity.list_document_files", R"(
    select file_key from kyc_documents where user_id = $1
)"};

inline const db::Query<KycStatus(UserId)> find_kyc_status{"identity.find_kyc_status", R"(
    select kyc_status from users where id = $1 and deleted_at is null
)"};

}  // namespace liveshop::identity
