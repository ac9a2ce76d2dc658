-- What stages after `change` still have to look at: hours of event time in which something became new or other. Written by
-- trigger in the transaction of the change itself, so that nothing can be missed; a stage deletes the rows it saw in the
-- transaction of its own result. Rows are never shared: whoever commits later leaves rows of its own.

create table change_due (
  seq bigint generated always as identity primary key,
  consumer text collate "C" not null check (consumer in ('sessions', 'moves', 'detections')),
  org_id uuid not null,
  hour timestamptz(3) not null
);
comment on table change_due is 'state: hours of event time that a later stage has to read (again). May hold an hour many times.';
create index change_due_next on change_due (consumer, org_id, hour);
call tally.mutable('change_due');
call tally.org_rows('change_due');

create function tally.note_due() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into change_due (consumer, org_id, hour)
    select c.consumer, h.org_id, h.hour
    from (select distinct org_id, date_trunc('hour', event_date, 'UTC') as hour from new_rows) h
    cross join (values ('sessions'), ('moves'), ('detections')) c (consumer)
    order by 1, 2, 3;
  else
    insert into change_due (consumer, org_id, hour)
    select distinct c.consumer, n.org_id, date_trunc('hour', n.event_date, 'UTC')
    from old_rows o join new_rows n using (event_date, id, org_id)
    cross join lateral (values
      ('sessions', (o.accountable, o.actor_kind, o.transaction_id, o.transaction_initiator) is distinct from (n.accountable, n.actor_kind, n.transaction_id, n.transaction_initiator)
        or (n.session_id is not null and (o.risk, o.linkage, o.actor_label) is distinct from (n.risk, n.linkage, n.actor_label))),
      ('moves', (o.status, o.actor_kind, o.accountable, o.names, o.actor_label, o.entity_label, o.risk, o.session_id) is distinct from
        (n.status, n.actor_kind, n.accountable, n.names, n.actor_label, n.entity_label, n.risk, n.session_id)),
      ('detections', (o.status, o.actor_kind, o.accountable, o.risk, o.planning, o.bypass, o.session_id, o.link_checked_at is null) is distinct from
        (n.status, n.actor_kind, n.accountable, n.risk, n.planning, n.bypass, n.session_id, n.link_checked_at is null))
    ) c (consumer, due)
    where c.due
    order by 1, 2, 3;
  end if;
  return null;
end $$;
create trigger due_inserted after insert on change referencing new table as new_rows for each statement execute function tally.note_due();
create trigger due_updated after update on change referencing old table as old_rows new table as new_rows for each statement execute function tally.note_due();

-- What is there already is due once.
insert into change_due (consumer, org_id, hour)
select c.consumer, h.org_id, h.hour
from (select distinct org_id, date_trunc('hour', event_date, 'UTC') as hour from change) h
cross join (values ('sessions'), ('moves'), ('detections')) c (consumer);
