-- Corrections of the map; what was drawn or struck out stands in `correction`, as JSON.
create table correction (
    region text not null,
    id text not null,
    presence text not null check (presence in ('registered', 'retired')),
    correction text not null,
    audit integer not null references audit (id),
    primary key (region, id)
) strict, without rowid;
