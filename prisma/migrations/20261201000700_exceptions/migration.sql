-- A person's answer to a finding. What happened to an exception is facts (exception_event); the row of the exception is their sum,
-- kept for lists. Kinds of column: fact, state (the sum of facts, rebuildable).

create table exception (
  id text collate "C" primary key,
  org_id uuid not null,
  key text collate "C" not null,
  round integer not null check (round >= 1),
  finding_id text collate "C" not null,
  rule text collate "C" not null,
  about text not null check (about in ('act', 'state')),
  stretch integer not null check (stretch >= 0),
  historic boolean not null,
  opened_at timestamptz(3) not null,
  occurred_at timestamptz(3) not null,
  subject_type text collate "C" not null,
  subject_id text collate "C" not null,
  subject_name text,
  division_ids text[] collate "C" not null,
  control_ids text[] collate "C" not null,
  move_id text collate "C",
  change_ids text[] collate "C" not null,
  former_id text collate "C",
  opened_because text not null,
  state text not null check (state in ('new', 'triaged', 'in_remediation', 'accepted', 'false_positive', 'resolved')),
  state_since timestamptz(3) not null,
  state_because text,
  severity smallint not null check (severity between 1 and 4),
  severity_because text not null,
  sentence text not null,
  risk_basis text collate "C",
  owner_id text collate "C",
  owner_name text,
  sla_days integer not null check (sla_days >= 1),
  due_anchor timestamptz(3) not null,
  due_at timestamptz(3) not null,
  due_set_by text,
  fix_claimed_at timestamptz(3),
  fix_claimed_by text,
  request jsonb,
  acceptance jsonb,
  expires_at timestamptz(3),
  false_positive jsonb,
  resolution jsonb,
  successor_id text collate "C",
  last_seq integer not null check (last_seq >= 1),
  updated_at timestamptz(3) not null,
  unique (org_id, key, round),
  check ((state = 'accepted') = (expires_at is not null))
);
comment on table exception is 'state: an exception as its exception_event facts sum up; rebuilding it from them gives the same row. One per finding key and round: a state that comes back after it was resolved opens the next round.';
comment on column exception.key is 'state: stable key of the finding';
comment on column exception.about is 'state: act (it happened) or state (it holds until a run no longer finds it, see finding_standing)';
comment on column exception.stretch is 'state: the stretch of holding (finding_standing.times) it answers; 0 for acts';
comment on column exception.historic is 'state: what it is about happened more than 7 days before it was opened';
comment on column exception.former_id is 'state: the exception of the round before, where it recurred';
comment on column exception.risk_basis is 'state: what the risk rests on as last told; null for acts';
comment on column exception.sla_days is 'state: days of the SLA in force when it was opened; a later SLA does not move it';
comment on column exception.due_anchor is 'state: from when due_at counts: opened, or returned to the queue';
comment on column exception.due_set_by is 'state: who set the due date by hand; null where the SLA did';
comment on column exception.request is 'state: what somebody asked for and somebody else has to decide about, or null';
comment on column exception.acceptance is 'state: terms of the last acceptance as decided, with the risk as it was then';
comment on column exception.expires_at is 'state: when the acceptance in force ends; null unless accepted';
create unique index exception_open on exception (org_id, key) where state <> 'resolved' and state <> 'false_positive';
create index exception_newest on exception (org_id, opened_at desc, id desc);
create index exception_due on exception (org_id, state, due_at, id);
create index exception_expiring on exception (expires_at) where state = 'accepted';
create index exception_owner on exception (org_id, owner_id, state);
create index exception_rule on exception (org_id, rule, state);
create index exception_move on exception (org_id, move_id) where move_id is not null;
create index exception_latest on exception (org_id, key, round desc);
call tally.mutable('exception');
call tally.org_rows('exception');

create table exception_event (
  id text collate "C" primary key,
  org_id uuid not null,
  exception_id text collate "C" not null,
  seq integer not null check (seq >= 1),
  at timestamptz(3) not null,
  kind text not null,
  actor_kind text not null check (actor_kind in ('person', 'api_key', 'operator', 'system')),
  actor_id text collate "C",
  actor_name text not null,
  detail jsonb not null,
  once_key text collate "C",
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  unique (exception_id, seq)
);
comment on table exception_event is 'fact: what happened to an exception, with the actor''s name as it was then. detail is what the state is summed from; body is canonical JSON of the whole event. Leaf: kind exception_event, fact id its id.';
comment on column exception_event.once_key is 'fact: what may be told once only, such as a reminder; null where it may repeat';
create unique index exception_event_once on exception_event (exception_id, once_key) where once_key is not null;
create index exception_event_newest on exception_event (org_id, at desc, id desc);
create index exception_event_unsealed on exception_event (xid, id);
call tally.append_only('exception_event');
call tally.org_rows('exception_event');

create table exception_attachment (
  id text collate "C" primary key,
  org_id uuid not null,
  exception_id text collate "C" not null,
  at timestamptz(3) not null,
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes >= 1),
  sha256 bytea not null check (length(sha256) = 32),
  vault_key text not null,
  actor_id text collate "C",
  actor_name text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table exception_attachment is 'fact: a file that somebody attached; its bytes lie in the vault under vault_key. media_type is what the bytes say, never what the sender said. Leaf: kind exception_attachment, fact id its id.';
create index exception_attachment_of on exception_attachment (org_id, exception_id, at, id);
create index exception_attachment_unsealed on exception_attachment (xid, id);
call tally.append_only('exception_attachment');
call tally.org_rows('exception_attachment');

create table exception_rules (
  id text collate "C" primary key,
  org_id uuid not null,
  kind text not null check (kind in ('opening', 'assignment', 'sla')),
  valid_from timestamptz(3) not null,
  rules jsonb not null,
  reason text not null,
  actor_id text collate "C",
  actor_name text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table exception_rules is 'fact: which findings open exceptions, who owns them and until when they are due, from valid_from on. A version is the whole list; in force at t is the last with valid_from <= t, the last made of those with one instant. None: what is built in. Leaf: kind exception_rules, fact id its id.';
create index exception_rules_in_force on exception_rules (org_id, kind, valid_from desc, received_at desc, id desc);
create index exception_rules_unsealed on exception_rules (xid, id);
call tally.append_only('exception_rules');
call tally.org_rows('exception_rules');

create table exception_notice (
  id text collate "C" primary key,
  org_id uuid not null,
  key text collate "C" not null,
  exception_id text collate "C" not null,
  at timestamptz(3) not null,
  severity smallint not null check (severity between 1 and 4),
  purpose text not null check (purpose in ('update', 'reminder', 'digest')),
  title text not null,
  path text not null,
  items integer not null check (items >= 1),
  many text not null,
  many_path text not null,
  user_ids text[] collate "C" not null,
  roles text[] not null,
  told_at timestamptz(3),
  unique (org_id, key)
);
comment on table exception_notice is 'state: what is to be told to people about exceptions; the pipeline hands each to their inboxes and sets told_at. Empty told_at: not yet.';
comment on column exception_notice.items is 'state: how many exceptions it speaks of; more than one are told as one notice, items before the words of many, opening many_path';
create index exception_notice_due on exception_notice (org_id, at, id) where told_at is null;
call tally.mutable('exception_notice');
call tally.org_rows('exception_notice');

create table exception_keeping (
  org_id uuid primary key,
  kept_at timestamptz(3) not null,
  counts jsonb not null
);
comment on table exception_keeping is 'state: when exceptions were last opened, verified, expired and reminded of in an organisation, and what that came to';
call tally.mutable('exception_keeping');
call tally.org_rows('exception_keeping');
