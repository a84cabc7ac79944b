-- What people enter, and a row of the audit log for every change of it.

create table audit (
    id integer primary key,
    at_ms integer not null,
    region text not null,
    who text not null,
    thing text not null,
    thing_id text not null,
    before text,
    after text
) strict;

create index audit_by_region on audit (region, id);

create table crossing (
    region text not null,
    id text not null,
    state text not null check (state in ('open', 'closed')),
    audit integer not null references audit (id),
    primary key (region, id)
) strict, without rowid;

-- Whether a responder comes now, as they have said themselves; null: their hours hold again. Where they are is never kept.
create table responder (
    region text not null,
    id text not null,
    on_duty integer check (on_duty in (0, 1)),
    audit integer not null references audit (id),
    primary key (region, id)
) strict, without rowid;

create table equipment (
    region text not null,
    id text not null,
    origin text not null check (origin in ('file', 'added')),
    presence text not null check (presence in ('registered', 'retired')),
    edited text not null,
    kind text not null,
    lon real not null check (lon between -180 and 180),
    lat real not null check (lat between -90 and 90),
    condition text not null,
    name text,
    village text,
    inspected_on text,
    photo text,
    note text,
    is_illustrative integer not null check (is_illustrative in (0, 1)),
    audit integer not null references audit (id),
    primary key (region, id)
) strict, without rowid;

create table incident (
    id integer primary key autoincrement,
    region text not null,
    kind text not null,
    lon real not null check (lon between -180 and 180),
    lat real not null check (lat between -90 and 90),
    village text,
    note text,
    opened_at_ms integer not null,
    opened_by text not null,
    closed_at_ms integer check (closed_at_ms >= opened_at_ms),
    audit integer not null references audit (id)
) strict;

create index incident_by_time on incident (region, opened_at_ms, id);

create table sending (
    id integer primary key autoincrement,
    incident integer not null references incident (id),
    role text not null,
    responder text,
    equipment text,
    expected_s real,
    sent_at_ms integer not null,
    arrived_at_ms integer check (arrived_at_ms >= sent_at_ms),
    audit integer not null references audit (id)
) strict;

create index sending_by_incident on sending (incident, id);
