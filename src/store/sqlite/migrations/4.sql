-- Corrections of the map; what was drawn or struck out stands in `correction`, as JSON.
create table correction (
    region text not null,
    id text not null,
    presence text not null check (presence in ('registered', 'retired')),
    correction text not null,
    audit integer not null references audit (id),
    primary key (region, id)
) strict, without rowid;

-- Settings that somebody has turned; without a value the one of the region's file counts again.
create table setting (
    region text not null,
    name text not null,
    value real,
    audit integer not null references audit (id),
    primary key (region, name)
) strict, without rowid;
