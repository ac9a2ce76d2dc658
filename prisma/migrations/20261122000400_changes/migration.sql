-- The stages raw and change (design 6), their rollups, what was collected when, and what could not be read.
-- Kinds of column: fact (written with the row), write-once (empty until known), opinion (rebuildable), state (the collector's own).

-- raw ---------------------------------------------------------------------------------------------------------------

create table raw_page (
  page_id text collate "C" primary key,
  org_id uuid not null,
  source text not null check (source in ('push', 'pull', 'realtime', 'file')),
  run_id text collate "C",
  query_id text collate "C",
  url text,
  page_number integer not null,
  asked_from timestamptz(3),
  asked_to timestamptz(3),
  vault_key text collate "C" not null,
  encoding text not null check (encoding in ('gzip', 'identity')),
  bytes bigint not null,
  sha256 bytea not null check (length(sha256) = 32),
  records integer not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table raw_page is 'fact: one answer of the source, its bytes put into the vault before this row commits. sha256 and bytes are of the bytes as received, before our compression (encoding). body is what the leaf covers. Written by ingest.';
create index raw_page_run on raw_page (run_id);
call tally.append_only('raw_page');
call tally.org_rows('raw_page');

create table raw_event (
  org_id uuid not null,
  source_id text collate "C" not null,
  event_date timestamptz(3) not null,
  first_path text not null,
  page_id text collate "C" not null,
  byte_offset integer not null,
  byte_length integer not null,
  sha256 bytea not null,
  received_at timestamptz(3) not null,
  salt bytea not null,
  leaf_hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, source_id)
) partition by hash (source_id);
comment on table raw_event is 'fact: one audit record, once, where its bytes lie (page, offset, length) and their SHA-256. Its primary key alone decides what is new. The leaf covers the received bytes.';
do $$ begin
  for i in 0..15 loop
    execute format('create table raw_event_p%s partition of raw_event for values with (modulus 16, remainder %s)', lpad(i::text, 2, '0'), i);
  end loop;
end $$;
call tally.append_only('raw_event');
call tally.org_rows('raw_event');

create table sighting (
  org_id uuid not null,
  source_id text collate "C" not null,
  path text not null check (path in ('push', 'pull', 'realtime', 'file')),
  page_id text collate "C" not null,
  byte_offset integer not null,
  byte_length integer not null,
  sha256 bytea not null,
  received_at timestamptz(3) not null,
  salt bytea not null,
  leaf_hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, source_id, path)
) partition by hash (source_id);
comment on table sighting is 'fact: the first time a record came by a path. The leaf (kind sighting, fact id <path>:<source id>) covers the bytes that came by that path.';
do $$ begin
  for i in 0..15 loop
    execute format('create table sighting_p%s partition of sighting for values with (modulus 16, remainder %s)', lpad(i::text, 2, '0'), i);
  end loop;
end $$;
call tally.append_only('sighting');
call tally.org_rows('sighting');

-- change ------------------------------------------------------------------------------------------------------------

create table change (
  org_id uuid not null,
  id text collate "C" not null,
  event_date timestamptz(3) not null check (event_date = date_trunc('second', event_date)),
  received_at timestamptz(3) not null,
  source text not null check (source in ('push', 'pull', 'realtime', 'file', 'snapshot_diff')),
  service text collate "C" not null,
  entity_type text collate "C" not null,
  action text collate "C" not null,
  level text collate "C" not null,
  actor_id text collate "C",
  actor_name text,
  user_id text collate "C",
  client_id text collate "C",
  user_home_org_id text collate "C",
  entity_id text collate "C",
  entity_name text,
  remote_ip text[] not null,
  application text,
  message text,
  context jsonb not null,
  property_changes jsonb not null,
  citable_text text,
  correlation_id text collate "C",
  unknown_fields text[] not null,
  normaliser_version integer not null,
  status text collate "C",
  transaction_id text collate "C",
  transaction_initiator boolean,
  entity_changes jsonb,
  confirmed_at timestamptz(3),
  actor_kind text not null check (actor_kind in ('person', 'automation', 'platform', 'external', 'unknown')),
  accountable boolean not null,
  excluded_reason text check (excluded_reason in ('platform', 'genesys_internal', 'failure', 'read', 'excused')),
  actor_label text,
  entity_label text,
  names jsonb not null default '{}',
  names_pending boolean not null default true,
  division_id text collate "C",
  risk smallint not null check (risk between 1 and 4),
  risk_reasons text[] not null,
  linkage text not null default 'unlinked' check (linkage in ('linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked', 'not_applicable')),
  linkage_reason text,
  planning text not null default 'ad_hoc' check (planning in ('planned_pipeline', 'planned_manual', 'ad_hoc', 'not_applicable')),
  bypass boolean not null default false,
  session_id text collate "C",
  link_checked_at timestamptz(3),
  enriched_at timestamptz(3),
  primary key (event_date, id, org_id),
  check (accountable = (excluded_reason is null))
) partition by range (event_date);
comment on table change is 'One audit record, normalised. Written only for winners of raw_event, in the same statement. Partitioned by month of event time; there is no default partition. Its place in the ledger is that of its raw event.';
insert into tally.monthly values ('change');
do $$ declare c text; begin
  foreach c in array array['org_id','id','event_date','received_at','source','service','entity_type','action','level','actor_id','actor_name','user_id','client_id','user_home_org_id','entity_id','entity_name','remote_ip','application','message','context','property_changes','citable_text','correlation_id','unknown_fields','normaliser_version'] loop
    execute format('comment on column change.%I is %L', c, 'fact');
  end loop;
  foreach c in array array['status','transaction_id','transaction_initiator','entity_changes','confirmed_at'] loop
    execute format('comment on column change.%I is %L', c, 'write-once: absent in push, filled by the pull');
  end loop;
  foreach c in array array['actor_kind','accountable','excluded_reason','actor_label','entity_label','names','names_pending','division_id','risk','risk_reasons','linkage','linkage_reason','planning','bypass','session_id','link_checked_at','enriched_at'] loop
    execute format('comment on column change.%I is %L', c, 'opinion');
  end loop;
end $$;
comment on column change.event_date is 'fact: the source''s time of the event, cut to whole seconds';
comment on column change.actor_id is 'fact: who acted as the record tells it: user, else client, else context.userid';
comment on column change.citable_text is 'fact: new values of description, notes and comment properties, message and context values; null when empty';
comment on column change.names is 'opinion: id -> { name, from, knownFrom }, as of the event; an id that is missing here is unresolved';
comment on column change.risk is 'opinion: 1 low, 2 medium, 3 high, 4 critical';
comment on column change.confirmed_at is 'write-once: when a pull confirmed it; null means provisional';

create index change_actor on change (actor_id, event_date, id);
create index change_entity on change (entity_id, event_date, id);
create index change_transaction on change (transaction_id) where transaction_id is not null;
create index change_correlation on change (correlation_id, event_date) where correlation_id is not null;
create index change_session on change (session_id, event_date) where session_id is not null;
create index change_high_risk on change (event_date, id) where risk >= 3;
create index change_to_link on change (event_date, id) where accountable and citable_text is not null and link_checked_at is null;
create index change_not_evaluated on change (event_date) where linkage_reason = 'not_evaluated';
create index change_provisional on change (event_date, id) where confirmed_at is null;
create index change_names_pending on change (event_date, id) where names_pending;

grant select, insert on change to tally_app;
grant select on change to tally_viewer;
call tally.write_once('change', array['status', 'transaction_id', 'transaction_initiator', 'entity_changes', 'confirmed_at']);
grant update (actor_kind, accountable, excluded_reason, actor_label, entity_label, names, names_pending, division_id, risk, risk_reasons,
  linkage, linkage_reason, planning, bypass, session_id, link_checked_at, enriched_at) on change to tally_app;
-- The grants stop the application; these stop everybody else.
create trigger facts_stay before update of org_id, id, event_date, received_at, source, service, entity_type, action, level, actor_id, actor_name,
  user_id, client_id, user_home_org_id, entity_id, entity_name, remote_ip, application, message, context, property_changes, citable_text,
  correlation_id, unknown_fields, normaliser_version on change for each row execute function tally.refuse_change();
create trigger rows_stay before delete on change for each row execute function tally.refuse_change();
create trigger table_stays before truncate on change for each statement execute function tally.refuse_change();
alter table change enable always trigger facts_stay;
alter table change enable always trigger rows_stay;
alter table change enable always trigger table_stays;
call tally.org_rows('change');

-- One row per property change, none gives one row. Snake case for us, the documents' names beside them.
create view property_change with (security_invoker = true) as
select
  c.org_id, c.id as change_id, c.event_date as event_time, c.actor_id as user_id, c.actor_label as user_name, c.service, c.action, c.entity_type,
  c.entity_id, c.entity_label as entity_name, coalesce(p.position, 1)::integer as position, p.item ->> 'property' as property,
  case when jsonb_array_length(p.item -> 'oldValues') > 1 then (p.item -> 'oldValues')::text else p.item -> 'oldValues' ->> 0 end as old_value,
  case when jsonb_array_length(p.item -> 'newValues') > 1 then (p.item -> 'newValues')::text else p.item -> 'newValues' ->> 0 end as new_value,
  c.event_date as "EventTime", c.actor_id as "UserId", c.action as "Action", c.entity_type as "EntityType", c.entity_id as "EntityId",
  c.entity_label as "EntityName", p.item ->> 'property' as "Property",
  case when jsonb_array_length(p.item -> 'oldValues') > 1 then (p.item -> 'oldValues')::text else p.item -> 'oldValues' ->> 0 end as "OldValue",
  case when jsonb_array_length(p.item -> 'newValues') > 1 then (p.item -> 'newValues')::text else p.item -> 'newValues' ->> 0 end as "NewValue"
from change c
left join lateral jsonb_array_elements(c.property_changes) with ordinality as p (item, position) on true;
grant select on property_change to tally_app, tally_viewer;

-- rollups: exact by trigger, so that no path of writing can forget them ----------------------------------------------

create table ru_hour (
  org_id uuid not null, bucket timestamptz(3) not null, excluded text not null, linkage text not null, planning text not null,
  risk smallint not null, provisional boolean not null, n bigint not null,
  primary key (org_id, bucket, excluded, linkage, planning, risk, provisional)
);
create table ru_day (like ru_hour including all);
create table ru_dim (
  org_id uuid not null, day timestamptz(3) not null, service text collate "C" not null, entity_type text collate "C" not null,
  action text collate "C" not null, actor_kind text not null, linkage text not null, planning text not null, risk smallint not null,
  excluded text not null, n bigint not null,
  primary key (org_id, day, service, entity_type, action, actor_kind, linkage, planning, risk, excluded)
);
create table ru_actor (
  org_id uuid not null, day timestamptz(3) not null, actor_id text collate "C" not null, actor_kind text not null, linkage text not null,
  n bigint not null,
  primary key (org_id, day, actor_id, actor_kind, linkage)
);
comment on table ru_hour is 'opinion: counts of change by hour (UTC); excluded is empty for accountable changes; kept by triggers on change.';
comment on table ru_day is 'opinion: ru_hour by day (UTC).';
comment on table ru_dim is 'opinion: counts of change by day and by what the facets filter on; kept by triggers on change.';
comment on table ru_actor is 'opinion: counts of change by day and actor; changes without an actor id stand under the empty id.';
call tally.mutable('ru_hour'); call tally.org_rows('ru_hour');
call tally.mutable('ru_day'); call tally.org_rows('ru_day');
call tally.mutable('ru_dim'); call tally.org_rows('ru_dim');
call tally.mutable('ru_actor'); call tally.org_rows('ru_actor');

-- What left is counted -1, what came +1, netted, and added key by key in one order that is the same in every statement, so
-- that two writers wait for each other and never in a ring. Rows may stay at zero; readers leave those out.
create function tally.count_changes() returns trigger language plpgsql as $$
declare
  columns constant text := 'org_id, event_date, service, entity_type, action, actor_id, actor_kind, linkage, planning, risk, excluded_reason, confirmed_at';
  signed text := format('select %s, 1 as d from new_rows', columns);
begin
  if tg_op = 'UPDATE' then
    if not exists (
      select 1 from old_rows o join new_rows n using (event_date, id, org_id)
      where (o.excluded_reason, o.linkage, o.planning, o.risk, o.actor_kind, o.confirmed_at is null)
        is distinct from (n.excluded_reason, n.linkage, n.planning, n.risk, n.actor_kind, n.confirmed_at is null)
    ) then
      return null;
    end if;
    signed := signed || format(' union all select %s, -1 from old_rows', columns);
  end if;
  execute format($q$
    insert into ru_hour as r select org_id, date_trunc('hour', event_date, 'UTC'), coalesce(excluded_reason, ''), linkage, planning, risk, confirmed_at is null, sum(d)
    from (%s) s group by 1, 2, 3, 4, 5, 6, 7 having sum(d) <> 0 order by 1, 2, 3, 4, 5, 6, 7
    on conflict (org_id, bucket, excluded, linkage, planning, risk, provisional) do update set n = r.n + excluded.n$q$, signed);
  execute format($q$
    insert into ru_day as r select org_id, date_trunc('day', event_date, 'UTC'), coalesce(excluded_reason, ''), linkage, planning, risk, confirmed_at is null, sum(d)
    from (%s) s group by 1, 2, 3, 4, 5, 6, 7 having sum(d) <> 0 order by 1, 2, 3, 4, 5, 6, 7
    on conflict (org_id, bucket, excluded, linkage, planning, risk, provisional) do update set n = r.n + excluded.n$q$, signed);
  execute format($q$
    insert into ru_dim as r select org_id, date_trunc('day', event_date, 'UTC'), service, entity_type, action, actor_kind, linkage, planning, risk, coalesce(excluded_reason, ''), sum(d)
    from (%s) s group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 having sum(d) <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    on conflict (org_id, day, service, entity_type, action, actor_kind, linkage, planning, risk, excluded) do update set n = r.n + excluded.n$q$, signed);
  execute format($q$
    insert into ru_actor as r select org_id, date_trunc('day', event_date, 'UTC'), coalesce(actor_id, ''), actor_kind, linkage, sum(d)
    from (%s) s group by 1, 2, 3, 4, 5 having sum(d) <> 0 order by 1, 2, 3, 4, 5
    on conflict (org_id, day, actor_id, actor_kind, linkage) do update set n = r.n + excluded.n$q$, signed);
  return null;
end $$;
create trigger count_inserted after insert on change referencing new table as new_rows for each statement execute function tally.count_changes();
create trigger count_updated after update on change referencing old table as old_rows new table as new_rows for each statement execute function tally.count_changes();

-- names as they appeared in changes, for the search box -------------------------------------------------------------

create table entity_dim (
  org_id uuid not null, kind text collate "C" not null, id text collate "C" not null, name text not null,
  primary key (org_id, kind, id, name)
);
comment on table entity_dim is 'opinion: names that actors (kind actor) and targets (kind = entity type) bore in changes; rebuilt from change.';
create index entity_dim_name on entity_dim using gin (name gin_trgm_ops);
call tally.mutable('entity_dim');
call tally.org_rows('entity_dim');

-- Under row security no index serves ILIKE (it is not leakproof), so the search runs as the owner and compares with the
-- viewer's organisations itself; without the setting it finds nothing.
create function tally.search_entity_dim(pattern text, at_most integer) returns table (kind text, id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct e.kind, e.id from entity_dim e
  where e.org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]) and e.name ilike pattern
  limit at_most
$$;
revoke all on function tally.search_entity_dim(text, integer) from public;
grant execute on function tally.search_entity_dim(text, integer) to tally_app, tally_viewer;

create table actor_address (
  org_id uuid not null, actor_id text collate "C" not null, ip text collate "C" not null, first_seen_at timestamptz(3) not null,
  primary key (org_id, actor_id, ip)
);
comment on table actor_address is 'opinion: the first change in which a person came from an address; earlier records move it back. Rebuilt from change.';
call tally.mutable('actor_address');
call tally.org_rows('actor_address');

-- what could not be read, and what was seen for the first time -------------------------------------------------------

create table quarantine (
  id text collate "C" primary key,
  org_id uuid not null,
  source text not null,
  page_id text collate "C" not null,
  byte_offset integer not null,
  byte_length integer not null,
  sha256 bytea not null,
  reason text collate "C" not null,
  message text not null,
  excerpt text not null,
  normaliser_version integer not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null,
  leaf_hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  unique (org_id, sha256)
);
comment on table quarantine is 'fact: bytes that the normaliser could not read, once per content; they stay in the vault''s page.';
create index quarantine_time on quarantine (org_id, received_at, id);
call tally.append_only('quarantine');
call tally.org_rows('quarantine');

create table quarantine_replay (
  quarantine_id text collate "C" not null references quarantine (id),
  attempt integer not null,
  org_id uuid not null,
  outcome text not null check (outcome in ('replayed', 'already_known', 'still_unreadable')),
  message text,
  source_id text collate "C",
  normaliser_version integer not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null,
  leaf_hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (quarantine_id, attempt)
);
comment on table quarantine_replay is 'fact: one attempt to read quarantined bytes again. Leaf: kind quarantine_replay, fact id <quarantine id>/<attempt>.';
call tally.append_only('quarantine_replay');
call tally.org_rows('quarantine_replay');

create table observation (
  id text collate "C" primary key,
  org_id uuid not null,
  kind text not null check (kind in ('unknown_service', 'unknown_entity_type', 'unknown_action', 'new_field', 'retyped_field', 'removed_field', 'service_gone', 'source_changed')),
  name text collate "C" not null,
  detail text not null,
  example text,
  source text,
  source_id text collate "C",
  page_id text collate "C",
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null,
  leaf_hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  unique (org_id, kind, name)
);
comment on table observation is 'fact: the schema history: a service, entity type, action or field seen for the first time, retyped or removed, and records that came again with other content.';
call tally.append_only('observation');
call tally.org_rows('observation');

create table service_mapping_version (
  org_id uuid not null,
  source text not null check (source in ('pull', 'realtime')),
  received_at timestamptz(3) not null,
  sha256 bytea not null,
  services text[] not null,
  body text not null,
  salt bytea not null,
  leaf_hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, source, received_at)
);
comment on table service_mapping_version is 'fact: the services, entity types and actions the platform says it audits, a row whenever they change. Leaf: fact id <source>:<received at>.';
call tally.append_only('service_mapping_version');
call tally.org_rows('service_mapping_version');

-- what was asked, and what the answers were ---------------------------------------------------------------------------

create table reading (
  id text collate "C" primary key,
  org_id uuid not null,
  source text not null check (source in ('push', 'pull', 'realtime', 'file')),
  service text collate "C" not null,
  hour timestamptz(3) not null,
  asked_from timestamptz(3) not null,
  asked_to timestamptz(3) not null,
  run_id text collate "C",
  query_id text collate "C",
  begun_at timestamptz(3) not null,
  finished_at timestamptz(3) not null,
  outcome text not null check (outcome in ('answered', 'failed', 'no_permission')),
  because text,
  returned integer not null,
  new integer not null,
  already_known integer not null,
  quarantined integer not null,
  lost integer not null,
  ids_digest bytea not null,
  previous_digest bytea,
  digest bytea not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null,
  leaf_hash bytea not null,
  xid xid8 not null default pg_current_xact_id()
);
comment on table reading is 'fact: one collection attempt, one service, one hour touched, also when it brought nothing. body is canonical JSON and holds previous_digest; digest is its SHA-256, so readings of a source and service chain in the order they were made.';
comment on column reading.lost is 'fact: records known by this source in the asked part of the hour that this reading did not bring';
create index reading_hour on reading (org_id, source, hour, service);
call tally.append_only('reading');
call tally.org_rows('reading');

create table reading_head (
  org_id uuid not null, source text not null, service text collate "C" not null, reading_id text collate "C" not null, digest bytea not null,
  primary key (org_id, source, service)
);
comment on table reading_head is 'opinion: the last reading of each chain; rebuildable from reading.';
call tally.mutable('reading_head');
call tally.org_rows('reading_head');

create table coverage_hour (
  org_id uuid not null, source text not null, service text collate "C" not null, hour timestamptz(3) not null,
  state text not null check (state in ('pending', 'provisional', 'complete', 'late_complete', 'gap', 'not_evaluated')),
  basis text check (basis in ('one_reading', 'two_readings', 'two_paths')),
  records integer not null, quarantined integer not null, first_read_at timestamptz(3), last_read_at timestamptz(3), because text,
  primary key (org_id, source, hour, service)
);
comment on table coverage_hour is 'opinion: the state of an hour as its readings tell; rebuildable from reading.';
call tally.mutable('coverage_hour');
call tally.org_rows('coverage_hour');

create table collection_run (
  id text collate "C" primary key,
  org_id uuid not null,
  source text not null default 'pull',
  kind text not null check (kind in ('sync', 'backfill', 'resweep')),
  state text not null check (state in ('running', 'done', 'failed', 'interrupted')),
  from_at timestamptz(3) not null,
  to_at timestamptz(3) not null,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  message text
);
comment on table collection_run is 'state: one pass over the audit log; a run that stopped in the middle is taken up again.';
create index collection_run_org on collection_run (org_id, started_at);
call tally.mutable('collection_run');
call tally.org_rows('collection_run');

create table collection_chunk (
  run_id text collate "C" not null references collection_run (id),
  org_id uuid not null,
  from_at timestamptz(3) not null,
  to_at timestamptz(3) not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  query_id text collate "C",
  records integer not null default 0,
  new_records integer not null default 0,
  quarantined integer not null default 0,
  finished_at timestamptz(3),
  message text,
  primary key (run_id, from_at, to_at)
);
comment on table collection_chunk is 'state: one query of a run; done is set in the transaction that commits its last records and readings.';
call tally.mutable('collection_chunk');
call tally.org_rows('collection_chunk');

create table watermark (
  org_id uuid not null, source text not null, read_from timestamptz(3) not null, read_to timestamptz(3) not null, updated_at timestamptz(3) not null,
  primary key (org_id, source)
);
comment on table watermark is 'state: everything in [read_from, read_to) was read at least once; grows only with a committed chunk that touches it.';
call tally.mutable('watermark');
call tally.org_rows('watermark');
