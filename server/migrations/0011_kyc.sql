-- Who sells and who drives is known: what people hand in, and what was decided.

create table kyc_submissions (
    id            uuid primary key default gen_random_uuid(),
    tenant_id     uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id       uuid        not null,
    legal_name    text        not null,
    date_of_birth text        not null,
    business_name text,
    status        text        not null default 'pending',
    reason        text,
    decided_by    uuid,
    decided_at    timestamptz,
    created_at    timestamptz not null default now(),
    constraint kyc_submissions_date_of_birth_check check (date_of_birth ~ '^\d{4}-\d{2}-\d{2}$'),
    constraint kyc_submissions_status_check check (status in ('pending', 'verified', 'rejected')),
    constraint kyc_submissions_decided_check check ((status = 'pending') = (decided_at is null)),
    constraint kyc_submissions_reason_check check ((status = 'rejected') = (reason is not null)),
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, decided_by) references users (tenant_id, id)
);
create index kyc_submissions_queue on kyc_submissions (tenant_id, status, created_at);
create index kyc_submissions_user on kyc_submissions (tenant_id, user_id, created_at desc);
create unique index kyc_submissions_one_pending on kyc_submissions (tenant_id, user_id) where status = 'pending';
select protect_tenant_table('kyc_submissions');

-- A picture of a document; its file is private. Without a submission it waits to be handed in.
create table kyc_documents (
    id            uuid primary key default gen_random_uuid(),
    tenant_id     uuid        not null default nullif(current_setting('app.tenant', true), '')::uuid references tenants,
    user_id       uuid        not null,
    submission_id uuid,
    kind          text        not null,
    file_key      text        not null,
    created_at    timestamptz not null default now(),
    constraint kyc_documents_kind_check
        check (kind in ('identity_front', 'identity_back', 'driving_licence', 'business_registration', 'selfie')),
    unique (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
    foreign key (tenant_id, submission_id) references kyc_submissions (tenant_id, id) on delete cascade
);
create index kyc_documents_submission on kyc_documents (tenant_id, submission_id);
create unique index kyc_documents_one_draft on kyc_documents (tenant_id, user_id, kind) where submission_id is null;
select protect_tenant_table('kyc_documents');
