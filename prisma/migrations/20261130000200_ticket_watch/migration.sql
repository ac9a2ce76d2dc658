-- Which changes cite which ticket, what still has to be judged again because a ticket changed, and why each verdict was made.
-- Kinds of column: fact (written with the row), state (the linker's own, rebuildable from changes and evaluations).

create table change_citation (
  org_id uuid not null,
  kind text not null check (kind in ('jira', 'servicenow', 'commit')),
  reference text collate "C" not null,
  event_date timestamptz(3) not null,
  change_id text collate "C" not null,
  found_by text not null default 'text' check (found_by in ('text', 'configuration_item')),
  primary key (org_id, kind, reference, event_date, change_id)
);
comment on table change_citation is 'state: what each judged change cites, so that the changes behind a ticket are one look-up. found_by: in the change''s text, or because the ticket''s configuration item is the change''s object.';
create index change_citation_item on change_citation (org_id, change_id) where found_by = 'configuration_item';
call tally.mutable('change_citation');
call tally.org_rows('change_citation');

create table citation_fill (
  org_id uuid primary key,
  after_event_date timestamptz(3),
  after_change_id text collate "C",
  done_at timestamptz(3)
);
comment on table citation_fill is 'state: how far the citations of changes judged before this table was there, or since it was emptied, have been written down.';
call tally.mutable('citation_fill');
call tally.org_rows('citation_fill');

create table ticket_watch (
  org_id uuid not null,
  system text not null check (system in ('jira', 'servicenow')),
  followed_to timestamptz(3),
  swept_to text collate "C",
  swept_at timestamptz(3),
  failed_at timestamptz(3),
  because text,
  primary key (org_id, system),
  check ((failed_at is null) = (because is null))
);
comment on table ticket_watch is 'state: up to when the tickets a source says were updated have been followed; which ticket the sweep that re-reads all cited ones came to (null: not in one) and when it last came to the end; why the source could not be asked, since when.';
call tally.mutable('ticket_watch');
call tally.org_rows('ticket_watch');

create table ticket_due (
  org_id uuid not null,
  system text not null check (system in ('jira', 'servicenow')),
  key text collate "C" not null,
  noted_at timestamptz(3) not null,
  after_event_date timestamptz(3),
  after_change_id text collate "C",
  primary key (org_id, system, key)
);
comment on table ticket_due is 'state: a ticket of which a new version is kept, or that appeared or is gone, and how far the changes that cite it have been judged again. Written in the transaction that keeps the version, deleted with the last batch.';
create index ticket_due_next on ticket_due (org_id, noted_at, system, key);
call tally.mutable('ticket_due');
call tally.org_rows('ticket_due');

create table object_watch (
  org_id uuid not null,
  object_id text collate "C" not null,
  due boolean not null default true,
  looked_up_at timestamptz(3),
  primary key (org_id, object_id)
);
comment on table object_watch is 'state: whether a changed object has still to be looked up among the configuration items that change requests name. Due again with every accountable change of it.';
create index object_watch_due on object_watch (org_id, object_id) where due;
call tally.mutable('object_watch');
call tally.org_rows('object_watch');

create function tally.note_object() returns trigger language plpgsql as $$
begin
  insert into object_watch as o (org_id, object_id)
  select distinct n.org_id, n.entity_id from new_rows n where n.accountable and n.entity_id is not null
  order by 1, 2
  on conflict (org_id, object_id) do update set due = true where not o.due;
  return null;
end $$;
create trigger object_inserted after insert on change referencing new table as new_rows for each statement execute function tally.note_object();

insert into object_watch (org_id, object_id)
select distinct org_id, entity_id from change where accountable and entity_id is not null;

alter table ticket_lookup add column gone_since timestamptz(3);
comment on column ticket_lookup.gone_since is 'state: when a ticket that had been read was first not there any more: deleted, or hidden from our account. Empty again once it is found.';
create index ticket_lookup_found on ticket_lookup (org_id, system, key) where outcome is not null;

alter table link_evaluation
  add column cause text check (cause in ('first_look', 'ticket_changed', 'sweep', 'source_added', 'policy_changed', 'calendar_changed', 'manual', 'asked')),
  add column cause_ticket text collate "C";
comment on column link_evaluation.cause is 'fact: what made the linker look (again); empty in rows written before it was kept.';
comment on column link_evaluation.cause_ticket is 'fact: the ticket whose change made the linker look again.';
