-- Findings about a state rather than an act: whether what was found still holds, as each run over the state says.
-- Kinds of column: opinion (rebuildable by the next run), fact (written with the row).

create table finding_standing (
  org_id uuid not null,
  key text collate "C" not null,
  rule text collate "C" not null,
  state text not null check (state in ('holds', 'cleared', 'not_evaluated')),
  because text,
  since timestamptz(3) not null,
  checked_at timestamptz(3) not null,
  times integer not null check (times >= 1),
  severity smallint not null check (severity between 1 and 4),
  sentence text not null,
  reasons text[] not null,
  risk_basis text collate "C" not null,
  division_ids text[] collate "C" not null,
  primary key (org_id, key),
  check ((state = 'not_evaluated') = (because is not null))
);
comment on table finding_standing is 'All columns opinions: whether a finding about a state still holds, as the newest run says. since begins the present stretch of holding or of being cleared; times counts the stretches of holding; risk_basis names what its risk rests on, so that an acceptance can tell when that changed. The finding itself stands in finding under the same key.';
create index finding_standing_rule on finding_standing (org_id, rule, state, checked_at);
create index finding_standing_subject on finding_standing (org_id, state, severity desc, key);
call tally.mutable('finding_standing');
call tally.org_rows('finding_standing');

create table standing_event (
  id text collate "C" primary key,
  org_id uuid not null,
  key text collate "C" not null,
  at timestamptz(3) not null,
  what text not null check (what in ('appeared', 'changed', 'cleared', 'reappeared', 'not_evaluated', 'evaluated_again')),
  severity smallint not null check (severity between 1 and 4),
  sentence text not null,
  because text,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table standing_event is 'fact: when a standing finding appeared, changed, was cleared or came back. at is the instant of the state that shows it, such as that of a snapshot. Leaf: kind standing_event, fact id its id.';
create index standing_event_key on standing_event (org_id, key, at, id);
create index standing_event_newest on standing_event (org_id, received_at, id);
create index standing_event_unsealed on standing_event (xid, id);
call tally.append_only('standing_event');
call tally.org_rows('standing_event');
