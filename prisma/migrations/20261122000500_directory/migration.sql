-- The shadow directory: what things were called, where they lived and who held which role at time T.
-- Law 4: the end of a version is not stored, it is the start of the next one. An unchanged thing writes no row.

create table directory_version (
  org_id uuid not null,
  kind text collate "C" not null check (kind in ('user', 'division', 'role', 'grant', 'group', 'group_member', 'queue', 'skill', 'flow',
    'oauth_client', 'integration', 'data_action', 'trunk', 'setting')),
  entity_id text collate "C" not null check (entity_id <> '' and entity_id !~ '\s'),
  valid_from timestamptz(3) not null,
  seq smallint not null default 0,
  state text collate "C" not null check (state in ('present', 'deleted')),
  name text,
  division_id text collate "C",
  parent_id text collate "C",
  body text not null,
  sha256 bytea not null check (length(sha256) = 32),
  content_sha256 bytea not null check (length(content_sha256) = 32),
  provenance text collate "C" not null check (provenance in ('snapshot', 'event', 'lookup')),
  snapshot_id text collate "C",
  change_id text collate "C",
  told_by text collate "C" check (told_by in ('created', 'renamed', 'deleted')),
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, kind, entity_id, valid_from, seq) include (state),
  check ((provenance = 'snapshot') = (snapshot_id is not null)),
  check ((provenance = 'event') = (change_id is not null)),
  check ((provenance = 'event') = (told_by is not null))
);
comment on table directory_version is 'All columns facts. One row each time something became different; body is RFC 8785 JSON without secrets and is what sha256 and the leaf cover; content_sha256 covers the compared part alone. Valid from valid_from to the next version of the same entity; seq orders versions of one instant.';
comment on column directory_version.told_by is 'fact: what kind of audit record taught it';
comment on column directory_version.parent_id is 'fact: the role of a grant, the group of a membership';
-- Names and single entities: grants and memberships have none, and would be most of the index.
create index directory_version_entity on directory_version (org_id, entity_id, valid_from desc, seq desc) where kind not in ('grant', 'group_member');
-- Members of a role or group, and of a division, at an instant.
create index directory_version_parent on directory_version (org_id, kind, parent_id, entity_id, valid_from desc, seq desc) where parent_id is not null;
create index directory_version_division on directory_version (org_id, division_id, kind, entity_id) where division_id is not null;
-- What one snapshot wrote; an audit record teaches an entity once, however often it is replayed.
create index directory_version_snapshot on directory_version (org_id, snapshot_id, kind, entity_id) where snapshot_id is not null;
create unique index directory_version_change on directory_version (org_id, change_id, kind, entity_id) where change_id is not null;
create index directory_version_name on directory_version using gin (name gin_trgm_ops) where kind not in ('grant', 'group_member');
call tally.append_only('directory_version');
call tally.org_rows('directory_version');

create table directory_head (
  org_id uuid not null,
  kind text collate "C" not null,
  entity_id text collate "C" not null,
  valid_from timestamptz(3) not null,
  seq smallint not null,
  state text collate "C" not null,
  name text,
  division_id text collate "C",
  parent_id text collate "C",
  content_sha256 bytea not null,
  primary key (org_id, kind, entity_id)
);
comment on table directory_head is 'All columns opinions: the newest version of each entity, for cheap comparison. rebuild-head.ts makes the same rows from directory_version.';
call tally.mutable('directory_head');
call tally.org_rows('directory_head');

create table snapshot_run (
  id text collate "C" not null,
  org_id uuid not null,
  kind text collate "C" not null,
  taken_at timestamptz(3) not null,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3) not null,
  outcome text collate "C" not null check (outcome in ('complete', 'partial', 'not_evaluated', 'failed')),
  because text,
  expected_total bigint,
  total_before bigint,
  total_after bigint,
  read_count bigint not null,
  duplicates bigint not null,
  pages integer not null,
  attempts smallint not null,
  added bigint not null,
  changed bigint not null,
  removed bigint not null,
  present_after bigint not null,
  body text not null,
  sha256 bytea not null check (length(sha256) = 32),
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, kind, taken_at),
  check ((outcome = 'complete') or (because is not null))
);
comment on table snapshot_run is 'All columns facts. One row per kind read, written with the versions it found, in one transaction. removed is 0 unless the outcome is complete: a partial snapshot closes nothing.';
create unique index snapshot_run_id on snapshot_run (org_id, id);
create index snapshot_run_time on snapshot_run (org_id, taken_at desc, kind);
call tally.append_only('snapshot_run');
call tally.org_rows('snapshot_run');

create table user_activity (
  org_id uuid not null,
  user_id text collate "C" not null,
  last_token_at timestamptz(3),
  last_login_at timestamptz(3),
  read_at timestamptz(3) not null,
  primary key (org_id, user_id)
);
comment on table user_activity is 'All columns opinions: the latest instants of a token and a password login that any snapshot saw. They move daily for everybody, so they make no version.';
call tally.mutable('user_activity');
call tally.org_rows('user_activity');

create table name_lookup (
  org_id uuid not null,
  kind text collate "C" not null,
  entity_id text collate "C" not null,
  wanted_at timestamptz(3) not null,
  first_asked_at timestamptz(3),
  last_asked_at timestamptz(3),
  next_at timestamptz(3),
  attempts integer not null default 0,
  state text collate "C" not null check (state in ('waiting', 'found', 'unresolved')),
  because text,
  primary key (org_id, kind, entity_id)
);
comment on table name_lookup is 'All columns opinions: which unresolved ids are asked for at the platform, how often it was tried and when next. wanted_at is the instant of the change that needs the name.';
create index name_lookup_due on name_lookup (org_id, next_at) where state = 'waiting';
call tally.mutable('name_lookup');
call tally.org_rows('name_lookup');

-- What the organisation says about its own things. A row holds from effective_from until a later row for the same thing.
create table division_tag (
  org_id uuid not null,
  id text collate "C" not null,
  chosen_by text collate "C" not null check (chosen_by in ('id', 'name')),
  division text not null,
  region text,
  sensitivity text collate "C" not null check (sensitivity in ('normal', 'restricted', 'high_security')),
  rank integer,
  withdrawn boolean not null default false,
  effective_from timestamptz(3) not null,
  changed_by text not null,
  body text not null,
  sha256 bytea not null check (length(sha256) = 32),
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, chosen_by, division, effective_from)
);
comment on table division_tag is 'All columns facts. division is an id or a name, as chosen_by says; a name is looked up as of the instant asked about.';
call tally.append_only('division_tag');
call tally.org_rows('division_tag');

create table privileged_role_rule (
  org_id uuid not null,
  id text collate "C" not null,
  matches text collate "C" not null check (matches in ('permission', 'name')),
  pattern text not null,
  withdrawn boolean not null default false,
  effective_from timestamptz(3) not null,
  changed_by text not null,
  body text not null,
  sha256 bytea not null check (length(sha256) = 32),
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, matches, pattern, effective_from)
);
comment on table privileged_role_rule is 'All columns facts. A role is privileged when a permission it holds, or its name, matches a rule in force.';
call tally.append_only('privileged_role_rule');
call tally.org_rows('privileged_role_rule');

-- Names ever held, for people who search. Row security would keep the planner from the trigram index (ILIKE is not
-- leakproof), so the owner looks and the organisations of the viewer's own settings are filtered here; no setting, no rows.
create function tally.search_directory(wanted text, kinds text[], after_id text, max_rows integer)
returns table (org_id uuid, kind text, entity_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (v.entity_id, v.kind) v.org_id, v.kind, v.entity_id
  from directory_version v
  where v.org_id = any (tally.viewer_org_ids())
    and v.kind not in ('grant', 'group_member')
    and v.kind = any (kinds)
    and (v.entity_id = wanted or v.name ilike '%' || replace(replace(replace(wanted, '\', '\\'), '%', '\%'), '_', '\_') || '%')
    and v.entity_id > after_id
  order by v.entity_id, v.kind
  limit least(max_rows, 500)
$$;
revoke all on function tally.search_directory(text, text[], text, integer) from public;
grant execute on function tally.search_directory(text, text[], text, integer) to tally_viewer, tally_app;
