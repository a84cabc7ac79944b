-- Who signs in, and what lets them: of every secret only its hash is kept.

create table account (
    id integer primary key autoincrement,
    name text not null,
    -- Two names that differ only in small and capital letters are one.
    name_key text not null unique,
    -- A PHC string of argon2id; null: nobody signs in with a password.
    password text,
    is_active integer not null check (is_active in (0, 1)),
    signed_in_at_ms integer,
    audit integer not null references audit (id)
) strict;

create table account_role (
    account integer not null references account (id),
    role text not null,
    -- Empty: in all regions.
    region text not null,
    primary key (account, region)
) strict, without rowid;

create table session (
    hash blob primary key,
    account integer not null references account (id),
    expires_at_ms integer not null
) strict, without rowid;

create index session_by_account on session (account, expires_at_ms);

create table invitation (
    id integer primary key autoincrement,
    hash blob not null unique,
    role text not null,
    region text not null,
    created_by text not null,
    expires_at_ms integer not null,
    state text not null check (state in ('open', 'taken', 'withdrawn')),
    audit integer not null references audit (id)
) strict;

create table api_key (
    id integer primary key autoincrement,
    hash blob not null unique,
    account integer not null references account (id),
    name text not null,
    role text not null,
    region text not null,
    expires_at_ms integer not null,
    is_active integer not null check (is_active in (0, 1)),
    audit integer not null references audit (id)
) strict;

create index api_key_by_account on api_key (account, id);
