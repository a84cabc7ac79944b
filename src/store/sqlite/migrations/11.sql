-- What a phone says of a place beside the place itself: how exact it is, and words.
alter table entry add column accuracy_m real;
alter table entry add column note text;

-- An invitation may be for somebody on the list of volunteers: its taker is them.
alter table invitation add column volunteer integer references volunteer (id);

-- One answer more: they look for somebody who takes the evening over. A check cannot be changed in place.
create table duty_answer_with_three (
    region text not null,
    day text not null,
    volunteer integer not null references volunteer (id),
    answer text not null check (answer in ('comes', 'cannot', 'hands_over')),
    at_ms integer not null,
    primary key (region, day, volunteer)
) strict;

insert into duty_answer_with_three (region, day, volunteer, answer, at_ms)
select region, day, volunteer, answer, at_ms from duty_answer;

drop table duty_answer;

alter table duty_answer_with_three rename to duty_answer;

-- What somebody has said of a responder, whole, as JSON; null: what the files say. Of one who is retired nothing is kept but the id.
alter table responder add column presence text check (presence in ('registered', 'retired'));
alter table responder add column says text;
alter table responder add column version integer not null default 0;
