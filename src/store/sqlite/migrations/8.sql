-- Photos of what was reported, and who may add them: for a while, whoever has made the report. Only the hash of what they
-- show is kept. And when a key was last used, to the minute; null: never.

create table photo (
    id integer primary key autoincrement,
    region text not null,
    report integer not null references report (id),
    number integer not null check (number between 1 and 3),
    made_at_ms integer not null,
    width integer not null check (0 < width),
    height integer not null check (0 < height),
    audit integer not null references audit (id),
    -- The last column: whoever reads the others does not read through it.
    jpeg blob not null,
    unique (report, number)
) strict;

create index photo_by_time on photo (region, made_at_ms);

create table photo_right (
    hash blob primary key,
    report integer not null references report (id),
    expires_at_ms integer not null
) strict, without rowid;

alter table api_key add column used_at_ms integer;
