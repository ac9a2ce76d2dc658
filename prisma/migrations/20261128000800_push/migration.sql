-- Audit events handed in from outside, kept before they are answered for, and packed into pages of the vault afterwards.

create table push_spool (
  seq bigint generated always as identity primary key,
  id text collate "C" not null unique,
  org_id uuid,
  claimed_org text collate "C",
  envelope_id text collate "C",
  detail_type text collate "C",
  source_id text collate "C",
  event_date timestamptz(3),
  verdict text not null check (verdict in ('kept', 'filtered', 'unreadable', 'foreign')),
  reason text collate "C",
  match_setting text collate "C",
  sha256 bytea not null check (length(sha256) = 32),
  byte_length integer not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  bytes bytea,
  taken_at timestamptz(3),
  page_id text collate "C",
  byte_offset integer,
  check ((taken_at is null) = (bytes is not null) and (taken_at is null) = (page_id is null) and (taken_at is null) = (byte_offset is null))
);
comment on table push_spool is 'fact: one event as it was handed in. The leaf covers its bytes. verdict: kept (becomes a change), filtered (readable, but not what the matching rule asks for), unreadable (goes to the quarantine), foreign (no organisation of the caller; org_id is null). Filtered and foreign events stay here.';
comment on column push_spool.claimed_org is 'fact: the organisation the event names as its source, whether we know it or not';
comment on column push_spool.envelope_id is 'fact: the id of the envelope, the same when it is delivered again; source_id is the audit id';
comment on column push_spool.match_setting is 'fact: the version of the setting push.match it was judged by; null is the default, which asks for everything';
comment on column push_spool.bytes is 'fact until taken: the bytes as received; emptied in the transaction that keeps them in a page of the vault';
comment on column push_spool.taken_at is 'write-once: when the event was packed into page_id, at byte_offset';
create index push_spool_waiting on push_spool (org_id, seq) where taken_at is null and verdict in ('kept', 'unreadable');
create index push_spool_time on push_spool (org_id, received_at);
grant select, insert on push_spool to tally_app;
grant select on push_spool to tally_viewer;
grant update (bytes, taken_at, page_id, byte_offset) on push_spool to tally_app;
-- One update is allowed, once: the bytes go where page_id and byte_offset say.
create trigger taken_once before update of bytes, taken_at, page_id, byte_offset on push_spool for each row
  when (old.taken_at is not null or new.taken_at is null) execute function tally.refuse_change();
create trigger facts_stay before update of seq, id, org_id, claimed_org, envelope_id, detail_type, source_id, event_date, verdict, reason,
  match_setting, sha256, byte_length, received_at, salt, leaf_hash, xid on push_spool for each row execute function tally.refuse_change();
create trigger rows_stay before delete on push_spool for each row execute function tally.refuse_change();
create trigger table_stays before truncate on push_spool for each statement execute function tally.refuse_change();
alter table push_spool enable always trigger taken_once;
alter table push_spool enable always trigger facts_stay;
alter table push_spool enable always trigger rows_stay;
alter table push_spool enable always trigger table_stays;
call tally.org_rows('push_spool');
