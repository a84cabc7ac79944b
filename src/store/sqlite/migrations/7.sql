-- Notices to the public, the webhooks that are told of them, and what is to be told: written together, told later.

create table notice (
    id integer primary key autoincrement,
    region text not null,
    kind text not null,
    severity text not null,
    zh_title text,
    zh_text text,
    en_title text,
    en_text text,
    -- Ids, as JSON.
    villages text not null,
    water_bodies text not null,
    from_ms integer not null,
    until_ms integer not null,
    is_withdrawn integer not null check (is_withdrawn in (0, 1)),
    -- When it was written and changed, as JSON.
    told_at_ms text not null,
    audit integer not null references audit (id),
    check ((zh_title is null) = (zh_text is null)),
    check ((en_title is null) = (en_text is null)),
    check (zh_title is not null or en_title is not null)
) strict;

create index notice_by_region on notice (region, until_ms, id);

create table webhook (
    id integer primary key autoincrement,
    url text not null,
    shape text not null,
    -- Empty: of all regions.
    region text not null,
    -- What signs: unlike what others show to be let in, it is needed as it is.
    secret blob not null,
    is_active integer not null check (is_active in (0, 1)),
    audit integer not null references audit (id)
) strict;

create table delivery (
    id integer primary key autoincrement,
    webhook integer not null references webhook (id),
    notice integer not null references notice (id),
    event text not null,
    body text not null,
    state text not null check (state in ('pending', 'delivered', 'given_up')),
    created_at_ms integer not null,
    n_attempts integer not null,
    due_at_ms integer not null,
    fault text
) strict;

create index delivery_by_webhook on delivery (webhook, id);
create index delivery_due on delivery (due_at_ms) where state = 'pending';
