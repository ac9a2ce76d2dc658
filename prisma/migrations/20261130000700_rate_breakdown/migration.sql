-- The unlinked change rate by service, team, actor, division and organisation: the team of whoever acted, and one more rollup.

alter table change add column team text collate "C";
comment on column change.team is 'opinion: department of the person who acted, as the directory knew it at the event; null when not known, and for whoever is no person';
grant update (team) on change to tally_app;

-- What is there already: the version in force at the event; only before the first one nothing is known.
update change c set team = t.team
from (
  select c.org_id, c.event_date, c.id, (
    select nullif(btrim(v.body::jsonb #>> '{content,item,department}'), '') from directory_version v
    where v.org_id = c.org_id and v.kind = 'user' and v.entity_id = c.user_id and v.valid_from <= c.event_date and v.state = 'present'
    order by v.valid_from desc, v.seq desc limit 1
  ) as team
  from change c where c.actor_kind = 'person' and c.user_id is not null and c.actor_id = c.user_id
) t
where t.team is not null and c.org_id = t.org_id and c.event_date = t.event_date and c.id = t.id;

-- Few changes go past the pipeline, so that their series needs no rollup.
create index change_bypassing on change (event_date) where bypass;

create table ru_rate (
  org_id uuid not null, day timestamptz(3) not null, service text collate "C" not null, division_id text collate "C" not null,
  team text collate "C" not null, actor_id text collate "C" not null, linkage text collate "C" not null, bypass boolean not null, n bigint not null,
  primary key (org_id, day, service, division_id, team, actor_id, linkage, bypass)
);
comment on table ru_rate is 'opinion: counts of accountable change by day and by what the unlinked change rate is broken down by; what is not known stands under the empty text; kept by triggers on change. Other records are four in five and not counted here: ru_dim has them by service.';
call tally.mutable('ru_rate'); call tally.org_rows('ru_rate');

insert into ru_rate
select org_id, date_trunc('day', event_date, 'UTC'), service, coalesce(division_id, ''), coalesce(team, ''), coalesce(actor_id, ''), linkage, bypass, count(*)
from change where accountable group by 1, 2, 3, 4, 5, 6, 7, 8;

-- As tally.count_changes: netted, and added key by key in one order. Its triggers come after those in the order of their names, so
-- that every writer takes the rollups one after the other in the same order.
create function tally.count_rate() returns trigger language plpgsql as $$
declare
  columns constant text := 'org_id, event_date, service, division_id, team, actor_id, linkage, bypass';
  signed text := format('select %s, 1 as d from new_rows where accountable', columns);
begin
  if tg_op = 'UPDATE' then
    if not exists (
      select 1 from old_rows o join new_rows n using (event_date, id, org_id)
      where (o.division_id, o.team, o.accountable, o.linkage, o.bypass) is distinct from (n.division_id, n.team, n.accountable, n.linkage, n.bypass)
    ) then
      return null;
    end if;
    signed := signed || format(' union all select %s, -1 from old_rows where accountable', columns);
  end if;
  execute format($q$
    insert into ru_rate as r select org_id, date_trunc('day', event_date, 'UTC'), service, coalesce(division_id, ''), coalesce(team, ''), coalesce(actor_id, ''),
      linkage, bypass, sum(d)
    from (%s) s group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(d) <> 0 order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (org_id, day, service, division_id, team, actor_id, linkage, bypass) do update set n = r.n + excluded.n$q$, signed);
  return null;
end $$;
create trigger rate_inserted after insert on change referencing new table as new_rows for each statement execute function tally.count_rate();
create trigger rate_updated after update on change referencing old table as old_rows new table as new_rows for each statement execute function tally.count_rate();

-- The linkage of a change as it stood at an instant: its last evaluation by then, else the one it was born with. Returns a table of one row,
-- since the planner takes such a function apart where it is asked, and not one that returns a value.
create function tally.linkage_at(change_org uuid, change text, is_accountable boolean, at timestamptz) returns table (linkage text)
language sql stable as $$
  select case when is_accountable then coalesce((
    select e.linkage from link_evaluation e where e.org_id = change_org and e.change_id = change and e.decided_at <= at
    order by e.decided_at desc, e.id desc limit 1
  ), 'unlinked') else 'not_applicable' end
$$;
revoke all on function tally.linkage_at(uuid, text, boolean, timestamptz) from public;
grant execute on function tally.linkage_at(uuid, text, boolean, timestamptz) to tally_app, tally_viewer;

-- Whether linking says what a change is: a rule may excuse it now and not have done so at an instant asked about, or the other way round.
-- Every other exclusion is the record's own and has no history.
create function tally.is_judgeable(is_accountable boolean, excluded_reason text, link_checked_at timestamptz) returns boolean
language sql immutable as $$ select is_accountable or (excluded_reason = 'excused' and link_checked_at is not null) $$;
revoke all on function tally.is_judgeable(boolean, text, timestamptz) from public;
grant execute on function tally.is_judgeable(boolean, text, timestamptz) to tally_app, tally_viewer;
