-- Change windows and freezes: what the organisation says about when changes may be made.

create table window_version (
  org_id uuid not null,
  id text collate "C" not null,
  window_id text collate "C" not null,
  source text collate "C" not null check (source in ('typed', 'policy', 'servicenow')),
  source_key text,
  url text,
  kind text collate "C" not null check (kind in ('window', 'freeze')),
  name text not null,
  zone text collate "C" not null,
  times jsonb not null,
  scope jsonb not null,
  approver text,
  ticket text,
  withdrawn boolean not null,
  effective_from timestamptz(3) not null,
  decided_by text not null,
  reason text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, window_id, id),
  check (effective_from <= received_at),
  check (source <> 'typed' or (source_key is null and effective_from = received_at)),
  check (source = 'typed' or source_key is not null)
);
comment on table window_version is 'All columns facts. What a window was from effective_from on; the end of a version is the start of the next. received_at is when it became known here: only what a source tells it held before it was read may be effective earlier. body is canonical JSON of the row. Leaf: kind window_version.';
create unique index window_version_id on window_version (id);
create index window_version_known on window_version (org_id, received_at);
create index window_version_unsealed on window_version (xid);
call tally.append_only('window_version');
call tally.org_rows('window_version');

create table calendar_reading (
  org_id uuid not null,
  source text collate "C" not null check (source in ('policy', 'servicenow')),
  first_read_at timestamptz(3),
  last_read_at timestamptz(3),
  failed_since timestamptz(3),
  last_tried_at timestamptz(3) not null,
  because text,
  primary key (org_id, source)
);
comment on table calendar_reading is 'state: when a source of windows was read first and last, and since when it has not answered and why. What it said before stands meanwhile.';
call tally.mutable('calendar_reading');
call tally.org_rows('calendar_reading');

create table calendar_judged (
  org_id uuid not null,
  version_id text collate "C" not null,
  judged_at timestamptz(3) not null,
  primary key (org_id, version_id)
);
comment on table calendar_judged is 'All columns opinions: versions of windows whose changes were judged again. A version that is not here is work; emptied, all of it is done again.';
call tally.mutable('calendar_judged');
call tally.org_rows('calendar_judged');

-- Changes that cite nothing and whose object a window names: judged when they come.
create index change_unjudged_object on change (entity_id, event_date, id) where accountable and citable_text is null and link_checked_at is null;
