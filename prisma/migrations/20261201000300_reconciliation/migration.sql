-- Access held against what HR says: what an organisation says who should hold, each run of the comparison, and what of it drifted.
-- Kinds of column: fact (written with the row), opinion (made again by the next run).

create table role_rule_version (
  id text collate "C" primary key,
  org_id uuid not null,
  role text not null check (role <> ''),
  version integer not null check (version >= 1),
  departments text[] not null default '{}',
  groups text[] not null default '{}',
  titles text[] not null default '{}',
  divisions text[] not null default '{}',
  withdrawn boolean not null default false,
  why text not null default '',
  effective_from timestamptz(3) not null,
  changed_by text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  unique (org_id, role, version)
);
comment on table role_rule_version is 'All columns facts: who may hold a role, by attributes of the personnel list and by groups; valid from effective_from to the next version of the same role. Empty lists say nothing about their attribute. Leaf: kind role_rule_version, fact id its id.';
comment on column role_rule_version.role is 'fact: id of the role, or its name without regard to case';
comment on column role_rule_version.divisions is 'fact: names of the divisions in which the role may be held; empty: anywhere';
create index role_rule_version_at on role_rule_version (org_id, role, effective_from desc, version desc);
call tally.append_only('role_rule_version');
call tally.org_rows('role_rule_version');

create table access_setting_version (
  id text collate "C" primary key,
  org_id uuid not null,
  version integer not null check (version >= 1),
  content jsonb not null,
  effective_from timestamptz(3) not null,
  changed_by text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  unique (org_id, version)
);
comment on table access_setting_version is 'All columns facts: the thresholds and conflicting pairs that access is judged by, whole, from effective_from on. Leaf: kind access_setting_version, fact id its id.';
create index access_setting_version_at on access_setting_version (org_id, effective_from desc, version desc);
call tally.append_only('access_setting_version');
call tally.org_rows('access_setting_version');

create table reconciliation (
  id text collate "C" primary key,
  org_id uuid not null,
  as_of timestamptz(3) not null,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3) not null,
  cause text not null check (cause in ('daily', 'asked', 'collect')),
  outcome text not null check (outcome in ('complete', 'partial', 'not_evaluated')),
  because text,
  rules jsonb not null,
  counts jsonb not null,
  ties jsonb not null,
  sources jsonb not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((outcome = 'complete') = (because is null))
);
comment on table reconciliation is 'All columns facts: one comparison of the access held with what HR says. Leaf: kind reconciliation, fact id its id.';
comment on column reconciliation.as_of is 'fact: the instant of the directory''s state that was compared';
comment on column reconciliation.rules is 'fact: [{rule, outcome evaluated | not_evaluated, because, items}], one per rule';
comment on column reconciliation.counts is 'fact: {users, people, matched, clients, holders, directGrants, inheritedGrants, effectiveRights}';
comment on column reconciliation.ties is 'fact: [{what, id, name, expected, read, basis, agrees}]: totals read against an independent count; one that disagrees makes what rests on it not evaluated';
comment on column reconciliation.sources is 'fact: which snapshots, readings of the personnel list and versions of rules were compared';
create index reconciliation_newest on reconciliation (org_id, finished_at desc, id desc);
create index reconciliation_unsealed on reconciliation (xid, id);
call tally.append_only('reconciliation');
call tally.org_rows('reconciliation');

create table drift_item (
  org_id uuid not null,
  key text collate "C" not null,
  id text collate "C" not null,
  rule text collate "C" not null,
  state text not null check (state in ('holds', 'cleared', 'not_evaluated')),
  because text,
  user_id text collate "C",
  user_name text,
  right_kind text not null check (right_kind in ('role', 'division', 'account', 'client')),
  right_id text collate "C" not null,
  right_name text,
  held_directly boolean not null,
  through jsonb not null,
  division_ids text[] collate "C" not null,
  held text not null,
  expected text not null,
  expected_basis text not null check (expected_basis in ('hr_list', 'role_rule', 'hr_record', 'group', 'setting', 'none')),
  person_key text collate "C",
  hr jsonb not null,
  since timestamptz(3) not null,
  since_basis text not null check (since_basis in ('change', 'snapshot', 'hr', 'run')),
  granting_change_id text collate "C",
  severity smallint not null check (severity between 1 and 4),
  sentence text not null,
  reasons text[] not null,
  risk_basis text collate "C" not null,
  direct_total integer,
  effective_total integer,
  run_id text collate "C" not null,
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  primary key (org_id, key),
  check ((state = 'not_evaluated') = (because is not null))
);
comment on table drift_item is 'All columns opinions: one right of one person (or one OAuth client) that differs from what it should be, as the newest run says. Made again by each reconciliation.';
comment on column drift_item.key is 'opinion: <rule>/<user or client id>/<right id>; also the key of the finding';
comment on column drift_item.through is 'opinion: [{id, name}] of the groups the right is held through, beside or instead of directly';
comment on column drift_item.hr is 'opinion: {department, title, status, manager, division, terminatedAt} as the personnel list says; {} where nobody is matched';
comment on column drift_item.since is 'opinion: since when the right is held, by the newest grant; since_basis says how that is known';
comment on column drift_item.direct_total is 'opinion: holders of the role directly, with effective_total those directly or through a group; null for other rights';
comment on column drift_item.changed_at is 'opinion: when the item appeared, was cleared or came back';
create unique index drift_item_id on drift_item (org_id, id);
create index drift_item_list on drift_item (org_id, state, severity desc, key);
create index drift_item_rule on drift_item (org_id, rule, state, severity desc, key);
create index drift_item_user on drift_item (org_id, user_id) where user_id is not null;
create index drift_item_right on drift_item (org_id, right_kind, right_id);
create index drift_item_run on drift_item (org_id, run_id);
create index drift_item_name on drift_item using gin (user_name gin_trgm_ops);
call tally.mutable('drift_item');
call tally.org_rows('drift_item');

create table leaver_clock (
  org_id uuid not null,
  person_key text collate "C" not null,
  user_id text collate "C",
  name text,
  terminated_at timestamptz(3),
  deactivated_at timestamptz(3),
  deactivated_basis text check (deactivated_basis in ('change', 'snapshot')),
  last_token_at timestamptz(3),
  outcome text not null check (outcome in ('prompt', 'late', 'still_active', 'unknown_to_platform', 'not_evaluated')),
  because text,
  took_ms bigint,
  token_after_ms bigint,
  threshold_ms bigint not null,
  run_id text collate "C" not null,
  primary key (org_id, person_key)
);
comment on table leaver_clock is 'All columns opinions: for each person who left, how fast the account was closed and whether it was used after the end, as the newest run says. took_ms counts from terminated_at to deactivated_at, for an account that is still open to the instant of the run.';
comment on column leaver_clock.deactivated_basis is 'opinion: change: an audit record says when; snapshot: closed at the latest at this instant';
create index leaver_clock_outcome on leaver_clock (org_id, outcome, person_key);
create index leaver_clock_user on leaver_clock (org_id, user_id) where user_id is not null;
call tally.mutable('leaver_clock');
call tally.org_rows('leaver_clock');
