create table trusted_key (
    key_id text not null primary key,
    public_key text not null unique,
    institution text not null,
    added_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text not null
);

create table packet (
    content_id text not null primary key,
    finding_id text not null,
    key_id text not null references trusted_key (key_id),
    institution text not null,
    envelope text not null,
    supersedes text references packet (content_id),
    issued_at timestamptz not null,
    valid_until timestamptz not null,
    received_at timestamptz not null
);

create index packet_finding on packet (finding_id);
create index packet_supersedes on packet (supersedes);

create table retraction (
    finding_id text not null,
    number bigint not null,
    act text not null check (act in ('withdrawn', 'superseded')),
    reason text not null,
    replaced_by text,
    retracted_at timestamptz not null,
    primary key (finding_id, number)
);
