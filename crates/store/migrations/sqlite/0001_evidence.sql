create table study (
    study_id text not null primary key,
    name text not null,
    title text not null,
    doi text not null
);

create table finding (
    finding_id text not null primary key,
    study_id text not null references study (study_id),
    practice text not null,
    comparator text not null,
    outcome text not null,
    estimand text not null,
    design text not null,
    sample_id text not null,
    is_primary boolean not null,
    origin text not null check (origin in ('base', 'packet')),
    position bigint not null,
    body text not null,
    added_at text not null,
    withdrawn_at text
);

create index finding_study on finding (study_id);

create table evidence_version (
    id bigint not null primary key check (id = 1),
    version bigint not null,
    digest text not null,
    changed_at text
);

insert into evidence_version (id, version, digest) values (1, 0, '');
