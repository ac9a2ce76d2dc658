-- Who is told of what was found: alerts, rules of routing, inbox, mutes.

create table alert (
  id text collate "C" primary key,
  org_id uuid not null,
  key text collate "C" not null,
  state text not null check (state in ('open', 'acknowledged', 'closed', 'historic', 'merged')),
  severity smallint not null check (severity between 1 and 4),
  title text not null,
  rules text[] collate "C" not null,
  subject_type text collate "C" not null,
  subject_id text collate "C" not null,
  subject_name text,
  actor_kind text,
  actor_id text collate "C",
  actor_name text,
  session_id text collate "C",
  move_id text collate "C",
  findings integer not null,
  first_event_at timestamptz(3) not null,
  last_event_at timestamptz(3) not null,
  first_received_at timestamptz(3),
  raised_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unmutable boolean not null,
  merged_into text collate "C",
  routed_by text[] collate "C" not null default '{}',
  not_sent text,
  mute_id text collate "C",
  muted_until timestamptz(3),
  told_at timestamptz(3),
  told_severity smallint,
  told_findings integer not null default 0,
  messages integer not null default 0,
  check ((state = 'merged') = (merged_into is not null))
);
comment on table alert is 'state: what people are told of, one row for findings that belong together. Summed from its findings whenever they change; what happened to it is alert_event.';
comment on column alert.key is 'What makes one alert of several findings: session:…, subject:…, actor:…, rule:…, finding:….';
comment on column alert.routed_by is 'Ids of the routing rules that sent it.';
comment on column alert.not_sent is 'Why nobody was told; null where somebody was.';
comment on column alert.messages is 'How many messages were planned: part of their keys.';
create index alert_key on alert (org_id, key, last_event_at desc) where state <> 'merged';
create index alert_session on alert (org_id, session_id) where session_id is not null and state <> 'merged';
create index alert_newest on alert (raised_at desc, id desc) where state <> 'merged';
create index alert_org_newest on alert (org_id, raised_at desc, id desc) where state <> 'merged';
create index alert_update_due on alert (org_id, told_at) where told_at is not null and told_findings < findings and state in ('open', 'acknowledged');
create index alert_mute on alert (mute_id) where mute_id is not null;
create index alert_merged on alert (merged_into) where merged_into is not null;
create index alert_open_rules on alert using gin (rules) where state in ('open', 'acknowledged');
call tally.mutable('alert');
call tally.org_rows('alert');

create table alert_finding (
  finding_id text collate "C" primary key,
  alert_id text collate "C" not null,
  org_id uuid not null
);
comment on table alert_finding is 'state: the alert that tells of a finding now; finding.alert_id is the one it was first put into.';
create index alert_finding_alert on alert_finding (alert_id);
call tally.mutable('alert_finding');
call tally.org_rows('alert_finding');

create table alert_event (
  id text collate "C" primary key,
  org_id uuid not null,
  alert_id text collate "C" not null,
  at timestamptz(3) not null,
  kind text collate "C" not null check (kind in ('raised', 'grown', 'told', 'not_told', 'acknowledged', 'closed', 'reopened', 'merged', 'escalated')),
  who text not null,
  said text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table alert_event is 'fact: what happened to an alert, with the name of whoever did it as it was then. body is canonical JSON of the row. Leaf: kind alert_event.';
create index alert_event_alert on alert_event (alert_id, at, id);
create index alert_event_unsealed on alert_event (xid);
call tally.append_only('alert_event');
call tally.org_rows('alert_event');

create table alert_escalation (
  alert_id text collate "C" not null,
  rule_id text collate "C" not null,
  org_id uuid not null,
  due_at timestamptz(3) not null,
  roles text[] not null,
  channels text[] collate "C" not null,
  done_at timestamptz(3),
  primary key (alert_id, rule_id)
);
comment on table alert_escalation is 'state: whom to tell when an alert is not acknowledged in time, once. Written when the alert is first told.';
create index alert_escalation_due on alert_escalation (due_at) where done_at is null;
call tally.mutable('alert_escalation');
call tally.org_rows('alert_escalation');

create table alert_rule_version (
  rule_id text collate "C" not null,
  version integer not null check (version > 0),
  valid_from timestamptz(3) not null,
  removed boolean not null,
  rule jsonb not null,
  changed_by text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (rule_id, version)
);
comment on table alert_rule_version is 'fact: a routing rule as it was set, a row per change; the one in force at t is the last with valid_from <= t. Rules that come with the product stand in code until they are changed. rule is body''s member of that name. Leaf: kind alert_rule_version, fact id <rule>:<version>.';
create index alert_rule_version_unsealed on alert_rule_version (xid);
call tally.append_only('alert_rule_version');

create table inbox_item (
  id text collate "C" primary key,
  org_id uuid not null,
  user_id text collate "C" not null,
  key text collate "C" not null,
  alert_id text collate "C" not null,
  at timestamptz(3) not null,
  severity smallint not null check (severity between 1 and 4),
  title text not null,
  purpose text not null check (purpose in ('alert', 'update', 'escalation', 'reminder', 'digest', 'response')),
  path text not null,
  read_at timestamptz(3),
  unique (user_id, key)
);
comment on table inbox_item is 'state: what a person was told inside the product; read_at is theirs alone. Viewers see their own rows only.';
create index inbox_item_newest on inbox_item (user_id, at desc, id desc);
create index inbox_item_unread on inbox_item (user_id) where read_at is null;
grant select, insert, update, delete on inbox_item to tally_app;
grant select on inbox_item to tally_viewer;
alter table inbox_item enable row level security;
alter table inbox_item force row level security;
create policy org_viewer on inbox_item to tally_viewer
  using (org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]) and user_id = current_setting('app.viewer_id', true))
  with check (org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]) and user_id = current_setting('app.viewer_id', true));
create policy org_app on inbox_item to tally_app using (true) with check (true);
create policy org_owner on inbox_item to tally_owner using (true) with check (true);

create table mute (
  id text collate "C" primary key,
  org_id uuid not null,
  rule text collate "C" not null,
  subject_id text collate "C",
  actor_id text collate "C",
  reason text not null,
  since timestamptz(3) not null,
  until timestamptz(3) not null check (until > since),
  made_by text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  lifted_at timestamptz(3),
  lifted_by text,
  lifted_because text
);
comment on table mute is 'fact: what is not sent until an instant, why, and by whom. body is canonical JSON of the mute. Leaf: kind mute.';
comment on column mute.lifted_at is 'write-once: when it was lifted, by a person before its end or by the product at it';
comment on column mute.lifted_by is 'write-once';
comment on column mute.lifted_because is 'write-once';
create index mute_in_force on mute (org_id, rule, until) where lifted_at is null;
create index mute_newest on mute (org_id, since desc, id desc);
create index mute_unsealed on mute (xid);
call tally.org_rows('mute');
grant select, insert on mute to tally_app;
grant select on mute to tally_viewer;
call tally.write_once('mute', array['lifted_at', 'lifted_by', 'lifted_because']);
create trigger facts_stay before update of id, org_id, rule, subject_id, actor_id, reason, since, until, made_by, body, received_at, salt, leaf_hash, xid
  on mute for each row execute function tally.refuse_change();
create trigger rows_stay before delete on mute for each row execute function tally.refuse_change();
create trigger table_stays before truncate on mute for each statement execute function tally.refuse_change();
alter table mute enable always trigger facts_stay;
alter table mute enable always trigger rows_stay;
alter table mute enable always trigger table_stays;
