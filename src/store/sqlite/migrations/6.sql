-- Imports: one entry of the audit log for the whole file, to which those of its pieces point.

alter table audit add column part_of integer references audit (id);

create index audit_by_import on audit (part_of) where part_of is not null;
