-- What could be done about a finding, what was done, and by whose word (design 6). Nothing acts by default.
-- Kinds of column: fact (written with the row), state (how far it got).

create table response (
  id text collate "C" primary key,
  org_id uuid not null,
  key text collate "C" not null,
  finding_id text collate "C" not null,
  move_id text collate "C",
  rule text collate "C" not null,
  severity smallint not null check (severity between 1 and 4),
  mode text not null check (mode in ('observe', 'ask', 'act')),
  kind text not null check (kind in ('deactivate_user', 'move_back', 'disable_client')),
  target_type text not null,
  target_id text collate "C" not null,
  target_name text,
  division_from text collate "C",
  division_to text collate "C",
  undo_of text collate "C",
  proposed_at timestamptz(3) not null,
  requested_kind text not null check (requested_kind in ('system', 'person', 'api_key', 'operator')),
  requested_id text collate "C",
  requested_by text not null,
  expires_at timestamptz(3),
  state text not null check (state in ('observed', 'waiting', 'approved', 'running', 'done', 'failed', 'refused', 'rejected', 'expired')),
  because text,
  decided_at timestamptz(3),
  decided_id text collate "C",
  decided_by text,
  decision_reason text,
  begun_at timestamptz(3),
  finished_at timestamptz(3),
  undone_by text collate "C",
  check ((state = 'waiting') <= (expires_at is not null)),
  check ((state in ('running', 'done')) <= (begun_at is not null)),
  unique (org_id, key)
);
comment on table response is 'What could be done about a finding, once by its key: the finding''s id and the kind; asked for again by a person, or to undo another, with a counter behind. What is to be done, to whom and who asked are facts; how far it got is state. Every word about it is a row of response_decision, every step one of response_step.';
do $$ declare c text; begin
  foreach c in array array['id','org_id','key','finding_id','move_id','rule','severity','mode','kind','target_type','target_id','target_name','division_from','division_to','undo_of','proposed_at','requested_kind','requested_id','requested_by','expires_at'] loop
    execute format('comment on column response.%I is %L', c, 'fact');
  end loop;
  foreach c in array array['state','because','decided_at','decided_id','decided_by','decision_reason','begun_at','finished_at','undone_by'] loop
    execute format('comment on column response.%I is %L', c, 'state');
  end loop;
end $$;
comment on column response.severity is 'fact: the finding''s; 1 low, 2 medium, 3 high, 4 critical';
comment on column response.target_name is 'fact: the name at that moment';
comment on column response.division_from is 'fact, of move_back: where the move put it, from where it is taken back to division_to';
comment on column response.begun_at is 'state: when the first call was about to be sent; what the limits count';
comment on column response.undone_by is 'state: the response that gave back what this one took';
create index response_finding on response (finding_id);
create index response_move on response (move_id) where move_id is not null;
create index response_newest on response (org_id, proposed_at desc, id desc);
create index response_open on response (state, expires_at) where state in ('waiting', 'approved', 'running');
create index response_begun on response (org_id, begun_at) where begun_at is not null;
create index response_undo on response (undo_of) where undo_of is not null;
grant select, insert on response to tally_app;
grant select on response to tally_viewer;
grant update (state, because, decided_at, decided_id, decided_by, decision_reason, begun_at, finished_at, undone_by) on response to tally_app;
call tally.org_rows('response');
create trigger facts_stay before update of id, org_id, key, finding_id, move_id, rule, severity, mode, kind, target_type, target_id, target_name,
  division_from, division_to, undo_of, proposed_at, requested_kind, requested_id, requested_by, expires_at on response
  for each row execute function tally.refuse_change();
create trigger rows_stay before delete on response for each row execute function tally.refuse_change();
create trigger table_stays before truncate on response for each statement execute function tally.refuse_change();
alter table response enable always trigger facts_stay;
alter table response enable always trigger rows_stay;
alter table response enable always trigger table_stays;

create table response_decision (
  id text collate "C" primary key,
  seq bigint generated always as identity,
  org_id uuid not null,
  response_id text collate "C" not null references response (id),
  at timestamptz(3) not null,
  what text not null check (what in ('proposed', 'asked', 'approved', 'rejected', 'undo_asked', 'expired', 'begun', 'refused', 'done', 'failed')),
  actor_kind text not null check (actor_kind in ('system', 'person', 'api_key', 'operator')),
  actor_id text collate "C",
  actor_name text not null,
  reason text,
  guards jsonb,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table response_decision is 'fact, in the order of seq: what was said about a response, by whom, with the name of that moment, why, and what the guards said then. guards is body''s member of that name, for reading; null where they were not asked. Leaf: kind response_decision.';
create index response_decision_of on response_decision (response_id, seq);
create index response_decision_unsealed on response_decision (xid);
call tally.append_only('response_decision');
call tally.org_rows('response_decision');

create table response_step (
  id text collate "C" primary key,
  seq bigint generated always as identity,
  org_id uuid not null,
  response_id text collate "C" not null references response (id),
  n smallint not null check (n > 0),
  event text not null check (event in ('planned', 'begun', 'ended')),
  at timestamptz(3) not null,
  outcome text check (outcome in ('done', 'already_so', 'failed', 'unknown')),
  content jsonb not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((event = 'ended') = (outcome is not null))
);
comment on table response_step is 'fact, in the order of seq: a step as it was planned, about to be done, and ended; begun without ended is what a killed process leaves, and what is read back before anything is repeated. content is body''s member of that name: what it does, the call, what was read before and after, and the calls with the platform''s correlation ids; no secrets. Leaf: kind response_step.';
create index response_step_of on response_step (response_id, seq);
create index response_step_unsealed on response_step (xid);
call tally.append_only('response_step');
call tally.org_rows('response_step');
