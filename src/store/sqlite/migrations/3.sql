-- The grades of waters, rescue points, reports, and what the files of a region held when it was last read.

create table water_body (
    region text not null,
    id text not null,
    risk integer not null check (risk between 1 and 4),
    audit integer not null references audit (id),
    primary key (region, id)
) strict, without rowid;

-- The pieces are ids in a JSON array: they may be of the files, of which no row is kept.
create table rescue_point (
    region text not null,
    id text not null,
    presence text not null check (presence in ('registered', 'retired')),
    name text not null,
    lon real not null check (lon between -180 and 180),
    lat real not null check (lat between -90 and 90),
    note text,
    pieces text not null,
    audit integer not null references audit (id),
    primary key (region, id)
) strict, without rowid;

-- Without a reporter it comes from a stranger, and changes nothing until somebody confirms it. `heeded` is the entry of the
-- audit log by which the piece became what the report says; it is put back only as long as that is the last about it.
create table report (
    id integer primary key autoincrement,
    region text not null,
    kind text not null check (kind in ('missing', 'damaged', 'hazard')),
    equipment text,
    lon real check (lon between -180 and 180),
    lat real check (lat between -90 and 90),
    note text,
    reporter text,
    reported_at_ms integer not null,
    state text not null check (state in ('open', 'confirmed', 'rejected')),
    heeded integer references audit (id),
    audit integer not null references audit (id),
    check (equipment is not null or (lon is not null and lat is not null))
) strict;

create index report_by_state on report (region, state, id);

-- One row for each kind of thing; `seen` is a JSON array of ids and places.
create table last_import (
    region text not null,
    thing text not null check (thing in ('crossing', 'equipment', 'water_body')),
    seen text not null,
    primary key (region, thing)
) strict, without rowid;

-- What was another when the files last differed, as JSON.
create table import_report (
    region text not null primary key,
    at_ms integer not null,
    report text not null
) strict, without rowid;
