-- Questions and what is said and voted on them. A phase is not stored: it follows from the dates, the marks and the clock.
create table question (
    slug text not null primary key,
    title text not null,
    background text not null,
    house_rules text not null,
    language text not null,
    opens_on text not null,
    votes_on text not null,
    closes_on text not null,
    revote_opens_on text,
    revote_closes_on text,
    roster_limit bigint,
    created_by text not null references member (member_id),
    created_at text not null,
    scheduled_at text,
    published_at text,
    final_at text,
    archived_at text,
    next_post bigint not null,
    next_statement bigint not null,
    next_vote bigint not null
);

create table question_day (
    slug text not null references question (slug),
    number bigint not null,
    held_on text not null,
    theme text not null check (theme in ('facts', 'experience', 'proposals', 'vote', 'summary')),
    prompt text not null,
    primary key (slug, number)
);

create table question_facilitator (
    slug text not null references question (slug),
    member_id text not null references member (member_id),
    shift text not null,
    primary key (slug, member_id)
);

-- A synthesis (its pool key) or a claim, on the table.
create table question_evidence (
    slug text not null references question (slug),
    number bigint not null,
    kind text not null check (kind in ('synthesis', 'claim')),
    target text not null,
    added_by text not null,
    added_at text not null,
    primary key (slug, number)
);

create table post (
    slug text not null references question (slug),
    number bigint not null,
    parent bigint,
    path text not null,
    member_id text not null references member (member_id),
    status text not null check (status in ('held', 'shown', 'rejected', 'removed')),
    channel text not null check (channel in ('web', 'mail')),
    language text not null,
    once text not null unique,
    written_at text not null,
    decided_by text,
    decided_at text,
    reason text not null,
    primary key (slug, number)
);

create index post_thread on post (slug, path);
create index post_member on post (member_id);
create index post_status on post (status);
create index post_parent on post (slug, parent);

create table post_revision (
    slug text not null,
    number bigint not null,
    revision bigint not null,
    body text not null,
    written_at text not null,
    primary key (slug, number, revision),
    foreign key (slug, number) references post (slug, number)
);

create table flag (
    slug text not null,
    number bigint not null,
    member_id text not null references member (member_id),
    reason text not null,
    raised_at text not null,
    is_upheld boolean,
    decided_by text,
    decided_at text,
    primary key (slug, number, member_id),
    foreign key (slug, number) references post (slug, number)
);

-- A member's word against a decision on their post or statement.
create table appeal (
    appeal_id text not null primary key,
    slug text not null references question (slug),
    kind text not null check (kind in ('post', 'statement')),
    number bigint not null,
    member_id text not null references member (member_id),
    body text not null,
    raised_at text not null,
    is_upheld boolean,
    answer text not null,
    decided_by text,
    decided_at text
);

create table claim (
    claim_id text not null primary key,
    sentence text not null,
    language text not null,
    -- What the sentence says the evidence shows; direction is what the evidence says now.
    asserts text not null,
    certainty text not null,
    direction text not null,
    evidence_version bigint not null,
    evidence_digest text not null,
    is_divergent boolean not null,
    stated_by text not null,
    stated_at text not null,
    reviewed_at text not null
);

create table claim_synthesis (
    claim_id text not null references claim (claim_id),
    pool_key text not null,
    primary key (claim_id, pool_key)
);

create table claim_change (
    claim_id text not null references claim (claim_id),
    number bigint not null,
    evidence_version bigint not null,
    before text not null,
    after text not null,
    changed_at text not null,
    primary key (claim_id, number)
);

create table claim_watch (
    claim_id text not null references claim (claim_id),
    member_id text not null references member (member_id),
    since text not null,
    primary key (claim_id, member_id)
);

create table statement (
    slug text not null references question (slug),
    number bigint not null,
    body text not null,
    language text not null,
    member_id text not null references member (member_id),
    is_seed boolean not null,
    status text not null check (status in ('held', 'shown', 'out', 'replaced')),
    reason text not null,
    replaces bigint,
    claim_id text references claim (claim_id),
    once text not null unique,
    written_at text not null,
    decided_by text,
    decided_at text,
    primary key (slug, number)
);

create index statement_claim on statement (claim_id);
create index statement_member on statement (member_id);
create index statement_status on statement (status);

-- A voter is a pseudonym that only the member's own key can make. Segments and network are those at the first vote.
create table voter (
    slug text not null references question (slug),
    voter text not null,
    region text not null,
    sector text not null,
    is_new boolean not null,
    network_hash text not null,
    first_at text not null,
    primary key (slug, voter)
);

-- Every vote ever cast, in order; the last one of a voter on a statement counts.
create table vote (
    slug text not null,
    position bigint not null,
    voter text not null,
    statement bigint not null,
    value text not null check (value in ('agree', 'disagree', 'pass')),
    pass_reason text not null check (pass_reason in ('', 'unclear', 'no-view', 'not-my-field')),
    channel text not null check (channel in ('web', 'mail')),
    once text not null unique,
    cast_at text not null,
    primary key (slug, position),
    foreign key (slug, statement) references statement (slug, number)
);

create index vote_voter on vote (slug, voter, statement, position);

-- What the votes say, as computed from one head of the log.
create table opinion (
    slug text not null primary key references question (slug),
    vote_log_head text not null,
    votes bigint not null,
    body text not null,
    computed_at text not null
);

create table summary (
    slug text not null references question (slug),
    version bigint not null,
    body text not null,
    written_by text not null,
    written_at text not null,
    published_at text,
    primary key (slug, version)
);

create table summary_comment (
    slug text not null references question (slug),
    number bigint not null,
    member_id text not null references member (member_id),
    body text not null,
    once text not null unique,
    written_at text not null,
    primary key (slug, number)
);

-- What was done about it, after the end.
create table follow_up (
    slug text not null references question (slug),
    number bigint not null,
    body text not null,
    link text not null,
    written_by text not null,
    once text not null unique,
    written_at text not null,
    primary key (slug, number)
);
