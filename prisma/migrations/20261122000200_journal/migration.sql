-- The product's own audit log. All columns are facts.
create table journal (
  id text collate "C" primary key,
  org_id uuid,                                          -- fact; null: the installation
  at timestamptz(3) not null,                           -- fact: instant of the act
  actor_kind text not null check (actor_kind in ('person', 'api_key', 'operator', 'system', 'anonymous')),
  actor_id text collate "C",                            -- fact; null for system, operator, anonymous
  actor_name text not null,                             -- fact: the name at that moment
  action text not null,
  object_type text not null,
  object_id text collate "C",
  body text not null,                                   -- fact: RFC 8785 JSON of the entry; the leaf's bytes
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table journal is 'facts: who did, viewed, exported or configured what; written in the transaction of the act';
create index journal_newest on journal (at desc, id desc);
create index journal_org_newest on journal (org_id, at desc, id desc);
create index journal_actor on journal (actor_id, at desc, id desc);
create index journal_action on journal (action, at desc, id desc);
create index journal_object on journal (object_type, object_id, at desc, id desc);
create index journal_unsealed on journal (xid, id);

call tally.append_only('journal');
-- Viewers record their own views. The transaction id is not theirs to choose.
grant insert (id, org_id, at, actor_kind, actor_id, actor_name, action, object_type, object_id, body, received_at, salt, leaf_hash)
  on journal to tally_viewer;

alter table journal enable row level security;
alter table journal force row level security;
-- Rows of the installation show only where the journal's view asked for them (it has authorised the viewer by then).
create policy org_viewer_read on journal for select to tally_viewer using (
  org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[])
  or (org_id is null and current_setting('app.reads_journal', true) = '1')
);
create policy org_viewer_add on journal for insert to tally_viewer with check (
  actor_id is not distinct from nullif(current_setting('app.viewer_id', true), '')
  and (org_id is null or org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]))
);
create policy org_app on journal to tally_app using (true) with check (true);
create policy org_owner on journal to tally_owner using (true) with check (true);
