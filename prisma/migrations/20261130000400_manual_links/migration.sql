-- What people say about links: attached and struck claims, rules that excuse, and questions put to whoever made a change.
-- Kinds of column: fact (written with the row), state (the linker's own).

create table link_decision (
  id text collate "C" primary key,
  seq bigint generated always as identity,
  org_id uuid not null,
  change_id text collate "C" not null,
  event_date timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  what text not null check (what in ('attached', 'struck', 'taken_back')),
  kind text collate "C" not null,
  reference text collate "C" not null,
  of_decision text collate "C" references link_decision (id),
  batch_id text collate "C",
  request_id text collate "C",
  decider_id text collate "C" not null,
  decider text not null,
  reason text not null check (length(reason) between 1 and 4000),
  content jsonb not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((what = 'taken_back') = (of_decision is not null))
);
comment on table link_decision is 'fact, in the order of seq: a person''s word on what authorised a change, with their name of that moment. attached: a claim was added; struck: a claim no longer counts; taken_back: of_decision no longer holds. content is body''s member of that name: what a person states (approver, approval time), or the claim as it stood when it was struck. request_id: the question whose answer it rests on; batch_id: the session it was given for. Leaf: kind link_decision.';
create index link_decision_change on link_decision (org_id, change_id, seq);
create unique index link_decision_back on link_decision (of_decision) where of_decision is not null;
create unique index link_decision_batch on link_decision (batch_id, change_id) where batch_id is not null;
create index link_decision_unsealed on link_decision (xid);
call tally.append_only('link_decision');
call tally.org_rows('link_decision');

create table link_batch (
  id text collate "C" primary key,
  org_id uuid not null,
  session_id text collate "C" not null,
  undo_of text collate "C" references link_batch (id),
  asked_at timestamptz(3) not null,
  asker_id text collate "C" not null,
  asker text not null,
  reason text not null check (length(reason) between 1 and 4000),
  with_critical boolean not null,
  what jsonb not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table link_batch is 'fact: one word of a person for all unlinked changes of a session, or the taking back of such a word (undo_of). Each change it was applied to has a link_decision with its id. what is body''s member of that name. Leaf: kind link_batch.';
create index link_batch_session on link_batch (org_id, session_id, asked_at);
create unique index link_batch_undo on link_batch (undo_of) where undo_of is not null;
create index link_batch_unsealed on link_batch (xid);
call tally.append_only('link_batch');
call tally.org_rows('link_batch');

create table link_batch_progress (
  batch_id text collate "C" primary key references link_batch (id),
  org_id uuid not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  total integer not null default 0,
  done integer not null default 0,
  left_out jsonb not null default '[]',
  message text,
  updated_at timestamptz(3) not null
);
comment on table link_batch_progress is 'state: how far a batch got, and which changes it left out and why; counted anew from link_decision when it is taken up again.';
create index link_batch_open on link_batch_progress (updated_at) where state in ('waiting', 'running');
call tally.mutable('link_batch_progress');
call tally.org_rows('link_batch_progress');

create table excuse_decision (
  id text collate "C" primary key,
  seq bigint generated always as identity,
  org_id uuid not null,
  rule_id text collate "C" not null,
  decided_at timestamptz(3) not null,
  what text not null check (what in ('proposed', 'approved', 'refused', 'withdrawn')),
  decider_id text collate "C" not null,
  decider text not null,
  reason text not null check (length(reason) between 1 and 4000),
  terms jsonb not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table excuse_decision is 'fact, in the order of seq: what was said about a rule by which changes need no authorisation. terms is body''s member of that name: predicate, from, expiry, whether high and critical risk is excused, which rule it takes the place of, and what the preview said; with withdrawn: from when on. A rule is never edited: another takes its place. Leaf: kind excuse_decision.';
create index excuse_decision_rule on excuse_decision (org_id, rule_id, seq);
create unique index excuse_decision_once on excuse_decision (rule_id, what);
create index excuse_decision_unsealed on excuse_decision (xid);
call tally.append_only('excuse_decision');
call tally.org_rows('excuse_decision');

create table excuse_due (
  seq bigint generated always as identity primary key,
  org_id uuid not null,
  hour timestamptz(3) not null
);
comment on table excuse_due is 'state: hours of event time to be held against the rules that excuse: something in them is new or other, or a rule is. Only of organisations that have such a rule.';
create index excuse_due_next on excuse_due (org_id, hour);
call tally.mutable('excuse_due');
call tally.org_rows('excuse_due');

create function tally.note_excuse_due() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into excuse_due (org_id, hour)
    select h.org_id, h.hour from (select distinct org_id, date_trunc('hour', event_date, 'UTC') as hour from new_rows) h
    where exists (select from excuse_decision d where d.org_id = h.org_id and d.what = 'approved')
    order by 1, 2;
  else
    insert into excuse_due (org_id, hour)
    select distinct n.org_id, date_trunc('hour', n.event_date, 'UTC')
    from old_rows o join new_rows n using (event_date, id, org_id)
    where (o.risk, o.accountable, o.division_id, o.actor_label, o.entity_label) is distinct from (n.risk, n.accountable, n.division_id, n.actor_label, n.entity_label)
      and exists (select from excuse_decision d where d.org_id = n.org_id and d.what = 'approved')
    order by 1, 2;
  end if;
  return null;
end $$;
create trigger excuse_inserted after insert on change referencing new table as new_rows for each statement execute function tally.note_excuse_due();
create trigger excuse_updated after update on change referencing old table as old_rows new table as new_rows for each statement execute function tally.note_excuse_due();

-- A verdict may now be that no authorisation is needed: by which rule stands beside it.
alter table link_evaluation drop constraint link_evaluation_linkage_check;
alter table link_evaluation add constraint link_evaluation_linkage_check
  check (linkage in ('linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked', 'not_applicable'));
alter table link_evaluation drop constraint link_evaluation_planning_check;
alter table link_evaluation add constraint link_evaluation_planning_check
  check (planning in ('planned_pipeline', 'planned_manual', 'ad_hoc', 'not_applicable'));
alter table link_evaluation add column excuse_rule text collate "C";
comment on column link_evaluation.excuse_rule is 'fact: body''s member of that name: the rule that excused the change; null otherwise';
create index link_evaluation_excuse on link_evaluation (org_id, excuse_rule, change_id) where excuse_rule is not null;

create table justification_request (
  id text collate "C" primary key,
  org_id uuid not null,
  asked_at timestamptz(3) not null,
  asker_id text collate "C" not null,
  asker text not null,
  to_address text not null,
  to_name text,
  to_kind text not null check (to_kind in ('person', 'owner')),
  question text not null check (length(question) between 1 and 4000),
  expires_at timestamptz(3) not null,
  session_id text collate "C",
  subject jsonb not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check (expires_at > asked_at)
);
comment on table justification_request is 'fact: a question to whoever made changes, to be answered by a signed link without a sign-in. subject is body''s member of that name: what is shown on the public page (what, when, object), frozen. The link is not kept: it is made of the id and a key of this installation. Leaf: kind justification_request.';
create index justification_request_newest on justification_request (org_id, asked_at desc, id desc);
create index justification_request_session on justification_request (org_id, session_id) where session_id is not null;
create index justification_request_unsealed on justification_request (xid);
call tally.append_only('justification_request');
call tally.org_rows('justification_request');

create table justification_subject (
  request_id text collate "C" not null references justification_request (id),
  org_id uuid not null,
  change_id text collate "C" not null,
  event_date timestamptz(3) not null,
  primary key (request_id, change_id)
);
comment on table justification_subject is 'state: which changes a request is about; body of justification_request holds the same ids.';
create index justification_subject_change on justification_subject (org_id, change_id);
call tally.mutable('justification_subject');
call tally.org_rows('justification_subject');

create table justification_event (
  id text collate "C" primary key,
  seq bigint generated always as identity,
  org_id uuid not null,
  request_id text collate "C" not null references justification_request (id),
  at timestamptz(3) not null,
  what text not null check (what in ('answered', 'withdrawn', 'reminded', 'expired')),
  actor_id text collate "C",
  actor text not null,
  words text,
  reference text,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((what = 'answered') <= (words is not null))
);
comment on table justification_event is 'fact, in the order of seq: what became of a request. An answer came by the signed link sent to an address: nobody was signed in. Leaf: kind justification_event.';
create index justification_event_of on justification_event (org_id, request_id, seq);
-- One answer, one end, and one reminder: whoever comes second is refused by the database.
create unique index justification_event_once on justification_event (request_id, (case when what in ('answered', 'withdrawn', 'expired') then 'end' else what end));
create index justification_event_unsealed on justification_event (xid);
call tally.append_only('justification_event');
call tally.org_rows('justification_event');

-- Mail to a single person, which deliveries know as a purpose of its own.
alter table delivery drop constraint delivery_purpose_check;
alter table delivery add constraint delivery_purpose_check
  check (purpose in ('alert', 'update', 'escalation', 'reminder', 'digest', 'response', 'test', 'request'));
