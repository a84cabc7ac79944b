-- Volunteers, the evenings that they are on, and what their phones hand in.
--
-- The audit log, which is never shortened, tells of volunteers by their numbers: names and telephone numbers are here alone, where they
-- are taken away when somebody leaves.

create table volunteer (
    id integer primary key autoincrement,
    region text not null,
    name text not null,
    kind text not null,
    -- JSON.
    skills text not null,
    weekdays integer not null check (weekdays between 0 and 127),
    phone text,
    account integer references account (id),
    state text not null check (state in ('applied', 'active', 'left')),
    -- Whether their way may be recorded; null: they have not been asked.
    consents integer check (consents in (0, 1)),
    version integer not null,
    audit integer not null references audit (id)
) strict;

create unique index volunteer_of_account on volunteer (region, account) where account is not null;

create table roster_day (
    region text not null,
    day text not null,
    -- JSON: teams of volunteers, by their numbers.
    teams text not null,
    is_published integer not null check (is_published in (0, 1)),
    version integer not null,
    audit integer not null references audit (id),
    primary key (region, day)
) strict;

-- What volunteers say of an evening themselves.
create table duty_answer (
    region text not null,
    day text not null,
    volunteer integer not null references volunteer (id),
    answer text not null check (answer in ('comes', 'cannot')),
    at_ms integer not null,
    primary key (region, day, volunteer)
) strict;

-- What lets a phone hand in later, whoever is signed in on it then.
create table hand_in_right (
    hash blob primary key,
    region text not null,
    account integer not null references account (id),
    expires_at_ms integer not null
) strict;

create index hand_in_right_by_account on hand_in_right (account, expires_at_ms);

-- What phones have handed in; the number is the phone's, so that the same counts once.
create table entry (
    region text not null,
    id text not null,
    account integer not null references account (id),
    day text not null,
    at_ms integer not null,
    received_at_ms integer not null,
    patrol integer,
    team integer,
    lon real,
    lat real,
    -- JSON. Of a track only that there was one; where it was is in `track`.
    what text not null,
    -- The report that it made.
    report integer references report (id),
    -- SHA-256 of what was handed in.
    digest blob not null,
    primary key (region, id)
) strict;

create index entry_by_day on entry (region, day, received_at_ms);

-- Where phones were, until that is deleted.
create table track (
    region text not null,
    entry text not null,
    account integer not null references account (id),
    day text not null,
    -- JSON.
    fixes text not null,
    expires_at_ms integer not null,
    primary key (region, entry)
) strict;

create index track_by_end on track (expires_at_ms);

-- What of the banks was seen, which stays.
create table seen (
    region text not null,
    day text not null,
    account integer not null references account (id),
    team integer,
    -- JSON.
    what text not null,
    -- By which the same track is known again: 64-bit numbers, the least byte first. Every track is held against all of these, and against
    -- nothing else.
    sketch blob not null,
    primary key (region, day, account)
) strict;

-- By which secret a volunteer's calendar is known.
create table calendar_key (
    region text not null,
    account integer not null references account (id),
    hash blob not null unique,
    made_at_ms integer not null,
    primary key (region, account)
) strict;
