-- People, and how they prove who they are. Secrets are kept as hashes; an address is gone when its owner is erased.
create table organisation (
    organisation_id text not null primary key,
    name text not null,
    kind text not null check (kind in ('consortium-member', 'institution', 'network', 'donor')),
    country text not null,
    created_at timestamptz not null
);

create table member (
    member_id text not null primary key,
    email text unique,
    name text not null,
    status text not null check (status in ('requested', 'active', 'disabled', 'erased')),
    language text not null,
    time_zone text not null,
    country text not null,
    organisation_id text references organisation (organisation_id),
    profile text not null,
    request_note text not null,
    delivery text not null check (delivery in ('each', 'daily', 'weekly', 'summary', 'none')),
    is_vouched boolean not null,
    ballot_key text,
    created_at timestamptz not null,
    erased_at timestamptz
);

create index member_organisation on member (organisation_id);
create index member_status on member (status);

create table member_role (
    member_id text not null references member (member_id),
    role text not null check (role in ('facilitator', 'editor', 'expert', 'steward')),
    granted_by text not null,
    granted_at timestamptz not null,
    primary key (member_id, role)
);

create table invitation (
    token_hash text not null primary key,
    email text not null,
    organisation_id text references organisation (organisation_id),
    role text not null,
    invited_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create index invitation_email on invitation (email);

create table sign_in_link (
    token_hash text not null primary key,
    member_id text references member (member_id),
    browser_hash text not null,
    code_hash text not null,
    tries bigint not null,
    next_path text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create index sign_in_link_browser on sign_in_link (browser_hash);

create table session (
    session_hash text not null primary key,
    member_id text not null references member (member_id),
    form_key text not null,
    device text not null,
    strong_at timestamptz,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    ended_at timestamptz
);

create index session_member on session (member_id);

create table passkey (
    credential_id text not null primary key,
    member_id text not null references member (member_id),
    name text not null,
    body text not null,
    created_at timestamptz not null,
    used_at timestamptz
);

create index passkey_member on passkey (member_id);

create table ceremony (
    ceremony_hash text not null primary key,
    member_id text references member (member_id),
    kind text not null check (kind in ('register', 'authenticate')),
    state text not null,
    expires_at timestamptz not null
);

create table password (
    member_id text not null primary key references member (member_id),
    phc text not null,
    changed_at timestamptz not null
);

create table one_time_code (
    member_id text not null primary key references member (member_id),
    secret text not null,
    confirmed_at timestamptz,
    last_step bigint not null,
    tries bigint not null,
    tries_since timestamptz
);

create table recovery_code (
    member_id text not null references member (member_id),
    code_hash text not null,
    used_at timestamptz,
    primary key (member_id, code_hash)
);

create table consent (
    member_id text not null references member (member_id),
    number bigint not null,
    purpose text not null,
    text_hash text not null,
    language text not null,
    channel text not null,
    given_at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (member_id, number)
);

-- Who was erased, so that a restored backup can erase them again. The hash is salted: it names nobody.
create table erasure (
    member_hash text not null primary key,
    salt text not null,
    erased_at timestamptz not null
);
