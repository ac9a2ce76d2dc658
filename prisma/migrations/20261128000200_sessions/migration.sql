-- Which changes belong together (design 5, session). Everything here but related_act can be dropped and made again from the
-- changes; session_former is kept, since it remembers what no change tells: under which ids a session was known.

create table session (
  org_id uuid not null,
  id text collate "C" not null,
  kind text not null check (kind in ('cascade', 'bulk')),
  rule text not null check (rule in ('transaction', 'correlation', 'related', 'burst')),
  rule_key text collate "C",
  anchor_id text collate "C" not null,
  anchor_at timestamptz(3) not null,
  owner_kind text not null,
  owner_id text collate "C",
  owner_name text,
  client_id text collate "C",
  client_name text,
  parent_id text collate "C",
  step_id text collate "C",
  step_at timestamptz(3),
  steps integer not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  changes bigint not null default 0,
  accountable bigint not null default 0,
  max_risk smallint not null default 1,
  surfaced bigint not null default 0,
  linked bigint not null default 0,
  late_approval bigint not null default 0,
  outside_window bigint not null default 0,
  mismatch bigint not null default 0,
  unlinked bigint not null default 0,
  not_applicable bigint not null default 0,
  nested integer not null default 0,
  updated_at timestamptz(3) not null,
  primary key (org_id, id)
);
comment on table session is 'opinion: changes that belong together, one row each; sums are those of session_part, nested sessions included. A cascade that is one step of a bulk task names it in parent_id. Written by grouping alone; rebuilt from change.';
comment on column session.rule_key is 'The transaction, correlation or asked act that its changes share; null for a burst.';
comment on column session.anchor_id is 'The change whose actor owns the session: the initiator of a cascade, the first accountable change of a bulk task.';
comment on column session.step_id is 'Of a cascade, its first accountable change: where it counts as one step of a burst.';
create index session_top on session (first_at, id) where parent_id is null;
create index session_largest on session (changes, id) where parent_id is null;
create index session_parent on session (org_id, parent_id) where parent_id is not null;
create index session_owner on session (org_id, owner_id, first_at);
call tally.mutable('session');
call tally.org_rows('session');

create table session_part (
  org_id uuid not null,
  session_id text collate "C" not null,
  hour timestamptz(3) not null,
  service text collate "C" not null,
  entity_type text collate "C" not null,
  action text collate "C" not null,
  risk smallint not null,
  linkage text not null,
  accountable boolean not null,
  n bigint not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  primary key (org_id, session_id, hour, service, entity_type, action, risk, linkage, accountable)
);
comment on table session_part is 'opinion: how many changes of each kind a session has in an hour, by the innermost session, so that a session that grows for a year is summed and not read again. Counted anew for the hours that changed.';
create index session_part_hour on session_part (org_id, hour);
call tally.mutable('session_part');
call tally.org_rows('session_part');

create table session_stretch (
  org_id uuid not null,
  session_id text collate "C" not null,
  hour timestamptz(3) not null,
  steps integer not null,
  first_at timestamptz(3) not null,
  first_id text collate "C" not null,
  last_at timestamptz(3) not null,
  direct_at timestamptz(3),
  direct_id text collate "C",
  primary key (org_id, session_id, hour)
);
comment on table session_stretch is 'opinion: what a bulk task comes to in one hour (steps, first and last change, first child that is no cascade''s), so that hours which did not change need not be read to join, split or name it.';
create index session_stretch_hour on session_stretch (org_id, hour);
call tally.mutable('session_stretch');
call tally.org_rows('session_stretch');

create table session_former (
  org_id uuid not null,
  former_id text collate "C" not null,
  current_id text collate "C" not null,
  noted_at timestamptz(3) not null,
  primary key (org_id, former_id)
);
comment on table session_former is 'state: ids under which sessions, or what was merged into them, were known, and which session that is now. Survives a rebuild.';
create index session_former_current on session_former (org_id, current_id);
call tally.mutable('session_former');
call tally.org_rows('session_former');

create table related_act (
  org_id uuid not null,
  act_id text collate "C" not null,
  received_at timestamptz(3) not null,
  change_ids text[] not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, act_id, received_at)
);
comment on table related_act is 'fact: which records the platform says belong to the act of one record, as it answered. Leaf: kind related_act, fact id <act id>:<received at>.';
create index related_act_unsealed on related_act (xid);
call tally.append_only('related_act');
call tally.org_rows('related_act');

create table related_member (
  org_id uuid not null,
  change_id text collate "C" not null,
  act_id text collate "C" not null,
  primary key (org_id, change_id)
);
comment on table related_member is 'opinion: the one act a record belongs to by related_act; the first answer that named it decides. Rebuilt from related_act.';
create index related_member_act on related_member (org_id, act_id);
call tally.mutable('related_member');
call tally.org_rows('related_member');
