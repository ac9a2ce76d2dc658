-- The house's own tools for tables. Every later migration uses them, so that kinds of column, row security and
-- append-only are written the same way everywhere (design, laws 4 and 5). Runs as tally_owner; the four roles exist already.

create schema tally;
revoke all on schema public from public;
grant usage on schema public to tally_app, tally_viewer;
grant usage on schema tally to tally_app, tally_viewer;
create extension if not exists pg_trgm with schema public;

create function tally.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on table % is refused: facts are append-only and write-once columns are written once', tg_op, tg_table_name
    using errcode = '42501';
end $$;

-- Organisations the current viewer may see; no setting gives no rows. Written out bare in policies as well: a
-- sub-select there hides the value from the planner.
create function tally.viewer_org_ids() returns uuid[] language sql stable as $$
  select string_to_array(current_setting('app.org_ids', true), ',')::uuid[]
$$;

-- Row security for a table with org_id: viewers see the organisations of their settings; workers and owner functions serve all.
create procedure tally.org_rows(t regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy org_viewer on %s to tally_viewer using (org_id = any (string_to_array(current_setting(''app.org_ids'', true), '','')::uuid[])) with check (org_id = any (string_to_array(current_setting(''app.org_ids'', true), '','')::uuid[]))', t);
  execute format('create policy org_app on %s to tally_app using (true) with check (true)', t);
  execute format('create policy org_owner on %s to tally_owner using (true) with check (true)', t);
end $$;

-- Facts: the application may insert and read, nobody may update, delete or truncate.
create procedure tally.append_only(t regclass) language plpgsql as $$
begin
  execute format('grant select, insert on %s to tally_app', t);
  execute format('grant select on %s to tally_viewer', t);
  execute format('create trigger append_only_row before update or delete on %s for each row execute function tally.refuse_change()', t);
  execute format('create trigger append_only_all before truncate on %s for each statement execute function tally.refuse_change()', t);
  execute format('alter table %s enable always trigger append_only_row', t);
  execute format('alter table %s enable always trigger append_only_all', t);
  insert into tally.append_only_table values (t::text);
end $$;

-- State and opinions: rebuildable or configuration; the application may do everything, viewers read.
create procedure tally.mutable(t regclass) language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %s to tally_app', t);
  execute format('grant select on %s to tally_viewer', t);
end $$;

-- Credentials, sessions, secrets: the application only, viewers not even to read.
create procedure tally.private(t regclass) language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %s to tally_app', t);
end $$;

-- Columns of a fact row that are empty until known, then fixed: the grant says which may be updated at all, the trigger
-- allows empty -> value and nothing else.
create procedure tally.write_once(t regclass, columns text[]) language plpgsql as $$
declare
  rewritten text;
begin
  select string_agg(format('(old.%1$I is not null and new.%1$I is distinct from old.%1$I)', c), ' or ') into rewritten from unnest(columns) c;
  execute format('grant update (%s) on %s to tally_app', (select string_agg(quote_ident(c), ', ') from unnest(columns) c), t);
  execute format('create trigger write_once before update of %s on %s for each row when (%s) execute function tally.refuse_change()',
    (select string_agg(quote_ident(c), ', ') from unnest(columns) c), t, rewritten);
end $$;

create table tally.append_only_table (name text primary key);
comment on table tally.append_only_table is 'Which tables hold facts; a test holds the triggers against it.';
grant select on tally.append_only_table to tally_app, tally_viewer;

-- Month partitions. The parent must be listed in tally.monthly; tally_app may call, the owner acts. Partitions get no
-- grant of their own: a grant there would go round the parent's column grants and policies.
create table tally.monthly (parent text primary key);
grant select on tally.monthly to tally_app;

create function tally.make_month_partition(parent_name text, at timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  first_day timestamptz := date_trunc('month', at at time zone 'UTC') at time zone 'UTC';
  next_month timestamptz := (date_trunc('month', at at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  child text := parent_name || to_char(first_day at time zone 'UTC', '_YYYYMM');
begin
  if not exists (select 1 from tally.monthly where parent = parent_name) then
    raise exception 'table % has no month partitions', parent_name using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtext('tally.partition:' || child));
  if to_regclass('public.' || quote_ident(child)) is null then
    execute format('create table %I partition of %I for values from (%L) to (%L)', child, parent_name, first_day, next_month);
  end if;
  return child;
end $$;
revoke all on function tally.make_month_partition(text, timestamptz) from public;
grant execute on function tally.make_month_partition(text, timestamptz) to tally_app;
revoke all on procedure tally.org_rows(regclass), tally.append_only(regclass), tally.mutable(regclass), tally.private(regclass), tally.write_once(regclass, text[]) from public;

-- An organisation of Genesys Cloud that was connected. The id is the platform's.
create table org (
  org_id uuid primary key,
  name text not null,
  domain text,
  region text not null,
  connected_at timestamptz(3) not null,
  state text not null default 'active' check (state in ('active', 'paused'))
);
call tally.mutable('org');
call tally.org_rows('org');
