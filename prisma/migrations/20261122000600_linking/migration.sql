-- Tickets and commits as they were read, and what each change's citations came to (design 5, linkage).
-- Kinds of column: fact (written with the row), state (the linker's own).

create table ticket_version (
  org_id uuid not null,
  system text not null check (system in ('jira', 'servicenow')),
  key text collate "C" not null,
  received_at timestamptz(3) not null,
  raw_sha256 bytea not null check (length(raw_sha256) = 32),
  content_sha256 bytea not null check (length(content_sha256) = 32),
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, system, key, received_at)
);
comment on table ticket_version is 'fact: a ticket as it was read, a row whenever it differs from the one before. body is canonical JSON of our ticket with its status and approval history; content_sha256 is the body''s, raw_sha256 that of the bytes it came in. Leaf: kind ticket_version, fact id <system>:<key>:<received at>.';
create index ticket_version_unsealed on ticket_version (xid);
call tally.append_only('ticket_version');
call tally.org_rows('ticket_version');

create table commit_record (
  org_id uuid not null,
  repository text collate "C" not null,
  hash text collate "C" not null check (hash ~ '^[0-9a-f]{40}$'),
  received_at timestamptz(3) not null,
  committed_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, hash, repository)
);
comment on table commit_record is 'fact: a cited commit with the objects its diff names, once: a commit never changes. Leaf: kind commit_record, fact id <hash>:<repository>.';
create index commit_record_unsealed on commit_record (xid);
call tally.append_only('commit_record');
call tally.org_rows('commit_record');

create table ticket_lookup (
  org_id uuid not null,
  system text not null check (system in ('jira', 'servicenow', 'git')),
  key text collate "C" not null,
  looked_up_at timestamptz(3),
  outcome text check (outcome in ('found', 'not_found', 'ambiguous')),
  failed_at timestamptz(3),
  because text,
  primary key (org_id, system, key),
  check ((looked_up_at is null) = (outcome is null)),
  check ((failed_at is null) = (because is null))
);
comment on table ticket_lookup is 'state: when a citation was last looked up and with what outcome; failed_at and because are set while the attempts since then failed (not re-checked since looked_up_at).';
call tally.mutable('ticket_lookup');
call tally.org_rows('ticket_lookup');

create table link_evaluation (
  id text collate "C" primary key,
  org_id uuid not null,
  change_id text collate "C" not null,
  event_date timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  linkage text not null check (linkage in ('linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked')),
  planning text not null check (planning in ('planned_pipeline', 'planned_manual', 'ad_hoc')),
  reason text collate "C",
  formula text collate "C" not null,
  claims jsonb not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table link_evaluation is 'fact: what a change''s citations came to when they were judged, a row whenever that differs from the row before. What linkage and planning were at an instant is the last row with decided_at not after it; before the first row a change is unlinked. claims is body''s member of that name, for reading.';
create index link_evaluation_change on link_evaluation (org_id, change_id, decided_at);
create index link_evaluation_decided on link_evaluation (org_id, decided_at);
create index link_evaluation_event on link_evaluation (org_id, event_date);
create index link_evaluation_unsealed on link_evaluation (xid);
call tally.append_only('link_evaluation');
call tally.org_rows('link_evaluation');
