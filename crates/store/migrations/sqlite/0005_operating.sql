-- What the servers do beside answering: mail to send, jobs to run, and the chained record of acts with power.
create table outgoing_mail (
    mail_id text not null primary key,
    once text not null unique,
    member_id text references member (member_id),
    address text not null,
    kind text not null,
    language text not null,
    body text not null,
    is_urgent boolean not null,
    created_at text not null,
    next_try_at text not null,
    tries bigint not null,
    claimed_until text,
    sent_at text,
    refused_at text,
    last_error text not null
);

create index outgoing_mail_due on outgoing_mail (sent_at, refused_at, next_try_at);

create table job (
    job_id text not null primary key,
    once text not null unique,
    kind text not null,
    body text not null,
    created_at text not null,
    run_at text not null,
    tries bigint not null,
    claimed_until text,
    done_at text,
    last_error text not null
);

create index job_due on job (done_at, run_at);

-- Each row holds the hash of the one before it: a changed or missing row breaks the chain.
create table audit (
    position bigint not null primary key,
    happened_at text not null,
    actor text not null,
    event text not null,
    object text not null,
    detail text not null,
    previous_hash text not null,
    hash text not null
);
