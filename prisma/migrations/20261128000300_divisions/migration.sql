-- Division moves and their reviews (design 5, division move).
-- Kinds of column: opinion (rebuildable from change, directory and policy), fact (written with the row).

create table division_move (
  org_id uuid not null,
  id text collate "C" not null,
  change_id text collate "C",
  at timestamptz(3) not null,
  received_at timestamptz(3) not null,
  within_from timestamptz(3),
  source text not null check (source in ('push', 'pull', 'realtime', 'file', 'snapshot_diff')),
  actor_kind text not null check (actor_kind in ('person', 'automation', 'platform', 'external', 'unknown')),
  actor_id text collate "C",
  actor_name text,
  client_id text collate "C",
  client_name text,
  target_type text collate "C" not null,
  target_id text collate "C" not null,
  target_name text,
  from_id text collate "C",
  from_name text,
  from_name_from text collate "C" not null,
  from_known_from timestamptz(3),
  from_region text,
  from_sensitivity text check (from_sensitivity in ('normal', 'restricted', 'high_security')),
  from_rank integer,
  to_id text collate "C",
  to_name text,
  to_name_from text collate "C" not null,
  to_known_from timestamptz(3),
  to_region text,
  to_sensitivity text check (to_sensitivity in ('normal', 'restricted', 'high_security')),
  to_rank integer,
  client_ip text,
  address_flags text[] not null,
  address_notes jsonb not null,
  address_not_evaluated text,
  self_move_by text check (self_move_by in ('direct', 'own_client')),
  direction text not null check (direction in ('up', 'sideways', 'down', 'not_evaluated')),
  boundary_cross boolean,
  restricted boolean,
  accountable boolean not null,
  review_due_at timestamptz(3),
  primary key (org_id, id),
  check ((change_id is null) = (source = 'snapshot_diff')),
  check ((within_from is null) = (change_id is not null)),
  check (from_id is distinct from to_id)
);
comment on table division_move is 'All columns opinions: one object moved from one division to another, as an audit record or two consecutive snapshots tell; rebuilt by rebuild-moves.ts. at is the event time, or the snapshot that first shows the move (then it happened in [within_from, at)). Risk, linkage, planning and session are the change''s own and read from there.';
create index division_move_time on division_move (org_id, at desc, id desc);
create index division_move_change on division_move (org_id, change_id) where change_id is not null;
create index division_move_target on division_move (org_id, target_id, at);
create index division_move_due on division_move (org_id, review_due_at) where review_due_at is not null;
call tally.mutable('division_move');
call tally.org_rows('division_move');

create table move_review (
  id text collate "C" primary key,
  org_id uuid not null,
  move_id text collate "C" not null,
  decided_at timestamptz(3) not null,
  outcome text not null check (outcome in ('approved', 'rejected')),
  reviewer_id text collate "C",
  reviewer text not null,
  comment text not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table move_review is 'fact: what a person said of a move; the last one stands. body is canonical JSON with the move as it was shown. move_id is the move''s stable id, so a rebuild of moves loses no review. Leaf: kind move_review.';
create index move_review_move on move_review (org_id, move_id, decided_at desc);
create index move_review_unsealed on move_review (xid);
call tally.append_only('move_review');
call tally.org_rows('move_review');

create table division_scan (
  org_id uuid not null,
  snapshot_id text collate "C" not null,
  read_from timestamptz(3) not null,
  primary key (org_id, snapshot_id)
);
comment on table division_scan is 'state: snapshots that were held against the audit records for moves that no record tells, and from when on records had been read then; a snapshot is looked at again when they reach farther back.';
call tally.mutable('division_scan');
call tally.org_rows('division_scan');
