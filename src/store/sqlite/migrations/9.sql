-- Plans of evenings that were published. A newer one of the same evening takes the place of an older one, which stays: whoever
-- walked that evening walked by one of them.

create table patrol (
    id integer primary key autoincrement,
    region text not null,
    day text not null,
    is_withdrawn integer not null check (is_withdrawn in (0, 1)),
    published_at_ms integer not null,
    who text not null,
    -- By what the search was known: the same plan is not published twice.
    search text not null,
    -- What is said of it in a line, as JSON.
    summary text not null,
    audit integer not null references audit (id),
    -- The last column: whoever reads the others does not read through it. JSON, gzipped.
    plan blob not null
) strict;

create index patrol_by_day on patrol (region, day, id);
