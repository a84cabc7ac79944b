-- Who somebody is for a provider that they sign in with, and whose account that opens.

create table identity (
    issuer text not null,
    subject text not null,
    account integer not null references account (id),
    audit integer not null references audit (id),
    primary key (issuer, subject)
) strict, without rowid;
