-- What a rule said about a subject, once (design 5 and 6). Kinds of column: fact, write-once, opinion.

create table finding (
  id text collate "C" primary key,
  org_id uuid not null,
  key text collate "C" not null,
  rule text collate "C" not null,
  rule_sha256 bytea not null check (length(rule_sha256) = 32),
  severity smallint not null check (severity between 1 and 4),
  subject_type text collate "C" not null,
  subject_id text collate "C" not null,
  subject_name text,
  sentence text not null,
  reasons text[] not null,
  occurred_at timestamptz(3) not null,
  event_received_at timestamptz(3),
  actor_kind text check (actor_kind in ('person', 'automation', 'platform', 'external', 'unknown')),
  actor_id text collate "C",
  actor_name text,
  change_ids text[] collate "C" not null,
  move_id text collate "C",
  division_ids text[] collate "C" not null,
  responses jsonb not null,
  tell text[] not null,
  unmutable boolean not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  alert_id text collate "C",
  responses_proposed_at timestamptz(3),
  incident_number text,
  incident_url text,
  session_id text collate "C",
  unique (org_id, key)
);
comment on table finding is 'fact: what a rule said about a subject, once by its key. received_at is when it was found; event_received_at when the event it rests on was first had. body is canonical JSON of the whole finding without session. Leaf: kind finding, fact id the finding''s.';
comment on column finding.alert_id is 'write-once: the alert that tells of it; null until routed';
comment on column finding.responses_proposed_at is 'write-once: when its responses were proposed; null until then';
comment on column finding.incident_number is 'write-once: incident that a receiver opened for it';
comment on column finding.incident_url is 'write-once';
comment on column finding.session_id is 'opinion: the session its changes belong to, as grouped last';
comment on column finding.severity is 'fact: 1 low, 2 medium, 3 high, 4 critical';
create index finding_to_route on finding (org_id, received_at, id) where alert_id is null;
create index finding_to_answer on finding (org_id, received_at, id) where responses_proposed_at is null and responses <> '[]';
create index finding_alert on finding (alert_id) where alert_id is not null;
create index finding_move on finding (org_id, move_id) where move_id is not null;
create index finding_session on finding (session_id) where session_id is not null;
create index finding_rule on finding (org_id, rule, received_at);
create index finding_found on finding (org_id, received_at, id);
create index finding_unsealed on finding (xid);
call tally.org_rows('finding');
grant select, insert on finding to tally_app;
grant select on finding to tally_viewer;
call tally.write_once('finding', array['alert_id', 'responses_proposed_at', 'incident_number', 'incident_url']);
grant update (session_id) on finding to tally_app;
-- The grants stop the application; these stop everybody else.
create trigger facts_stay before update of id, org_id, key, rule, rule_sha256, severity, subject_type, subject_id, subject_name, sentence, reasons,
  occurred_at, event_received_at, actor_kind, actor_id, actor_name, change_ids, move_id, division_ids, responses, tell, unmutable, body, received_at,
  salt, leaf_hash, xid on finding for each row execute function tally.refuse_change();
create trigger rows_stay before delete on finding for each row execute function tally.refuse_change();
create trigger table_stays before truncate on finding for each statement execute function tally.refuse_change();
alter table finding enable always trigger facts_stay;
alter table finding enable always trigger rows_stay;
alter table finding enable always trigger table_stays;
