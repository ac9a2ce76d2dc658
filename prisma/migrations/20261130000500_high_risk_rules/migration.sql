-- What is high-risk, as a table people edit: versions of rules beside the product's own, proposed by one person and approved by
-- another, effective-dated by event time; and what has to be judged again for them.

-- Which rules judged a change, in the order of its reasons, each as `<rule>@<version>`. Empty on changes judged before.
alter table change add column risk_rules text[] not null default '{}';
comment on column change.risk_rules is 'opinion: the rules behind risk_reasons, in their order, each as <rule id>@<version>';
grant update (risk_rules) on change to tally_app;
-- Few changes fit any rule; those of a period are found without reading the rest.
create index change_risk_rules on change (event_date, id) where cardinality(risk_rules) > 0;

create table high_risk_proposal (
  id text collate "C" primary key,
  org_id uuid not null,
  rule_id text collate "C" not null,
  base_version integer not null check (base_version >= 0),
  content jsonb not null,
  why text not null check (why <> ''),
  effective_from timestamptz(3),
  preview jsonb not null,
  proposed_kind text not null check (proposed_kind in ('person', 'api_key', 'operator', 'system')),
  proposed_by text,
  proposed_by_name text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table high_risk_proposal is 'fact: a rule as somebody wants it, over the version it was based on (0: a new rule), with what it would have done to past changes. Leaf: kind high_risk_proposal, fact id its id.';
comment on column high_risk_proposal.effective_from is 'fact: event time from which it is to judge; null: from the approval on';
create index high_risk_proposal_org on high_risk_proposal (org_id, received_at, id);
call tally.append_only('high_risk_proposal');
call tally.org_rows('high_risk_proposal');

create table high_risk_decision (
  proposal_id text collate "C" primary key references high_risk_proposal (id),
  org_id uuid not null,
  decision text not null check (decision in ('approved', 'refused', 'withdrawn')),
  why text not null check (why <> ''),
  decided_kind text not null check (decided_kind in ('person', 'api_key', 'operator', 'system')),
  decided_by text,
  decided_by_name text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table high_risk_decision is 'fact: the one decision about a proposal. Leaf: kind high_risk_decision, fact id the proposal''s id.';
call tally.append_only('high_risk_decision');
call tally.org_rows('high_risk_decision');

create table high_risk_rule (
  org_id uuid not null,
  rule_id text collate "C" not null,
  version integer not null check (version >= 1),
  proposal_id text collate "C" not null unique references high_risk_proposal (id),
  content jsonb not null,
  effective_from timestamptz(3) not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, rule_id, version)
);
comment on table high_risk_rule is 'fact: a version of a rule as it was approved; judges changes of event time effective_from on, until a later version begins. The product''s own rules are version 1 and stand in the code. Leaf: kind high_risk_rule, fact id <rule id>/<version>.';
call tally.append_only('high_risk_rule');
call tally.org_rows('high_risk_rule');

create table risk_rejudge (
  seq bigint generated always as identity primary key,
  org_id uuid not null,
  rule_id text collate "C",
  version integer,
  table_sha256 text collate "C",
  from_at timestamptz(3) not null,
  requested_at timestamptz(3) not null,
  stage text not null check (stage in ('sweep', 'late', 'done')),
  after_event timestamptz(3),
  after_id text collate "C",
  read_count bigint not null default 0,
  changed_count bigint not null default 0,
  finished_at timestamptz(3),
  check ((rule_id is null) = (table_sha256 is not null)),
  check ((rule_id is null) = (version is null))
);
comment on table risk_rejudge is 'state: changes to be judged again, for a version of a rule or, without one, because the product''s own table is another; carried on after a stop from after_event, after_id. late: once more those that came in while it began, since they may have been read under the old rules.';
create index risk_rejudge_open on risk_rejudge (org_id, seq) where stage <> 'done';
create index risk_rejudge_table on risk_rejudge (org_id, seq) where table_sha256 is not null;
call tally.mutable('risk_rejudge');
call tally.org_rows('risk_rejudge');
