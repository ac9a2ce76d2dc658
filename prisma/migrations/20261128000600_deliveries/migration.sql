-- Who is told, by which way, and what came of it. A delivery is a row before anything is sent; a try is a fact of its own.

create table channel (
  id text collate "C" primary key,                      -- chn_…; what the environment and the product bring has no row
  kind text not null check (kind in ('slack', 'email', 'servicenow', 'webhook')),
  name text not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  config jsonb not null,                                -- what a page may show; addresses that hold a token are secrets
  secrets_set jsonb not null default '{}',              -- field -> instant it was last set
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  removed_at timestamptz(3)                             -- kept for the deliveries that name it
);
comment on table channel is 'state: addresses that alerts are sent to, set on the Settings pages; their secrets stand in secret; each change is journaled';
call tally.mutable('channel');

create table channel_health (
  channel_id text collate "C" primary key,
  failures integer not null default 0,                  -- in a row
  open_until timestamptz(3),                            -- nothing is sent before; then one probe where failures reached the limit
  last_delivered_at timestamptz(3),
  last_failure_at timestamptz(3),
  last_failure text
);
comment on table channel_health is 'state: how each channel has answered lately, shared by all workers; may be emptied at any moment';
call tally.mutable('channel_health');

create table delivery (
  id text collate "C" primary key,
  key text collate "C" not null unique,
  org_id uuid,
  alert_id text collate "C",
  channel_id text collate "C" not null,
  channel_kind text not null check (channel_kind in ('inbox', 'slack', 'email', 'servicenow', 'webhook')),
  channel_name text not null,
  purpose text not null check (purpose in ('alert', 'update', 'escalation', 'reminder', 'digest', 'response', 'test')),
  message jsonb not null,
  not_before timestamptz(3) not null,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  delivered_at timestamptz(3),
  receipt jsonb,
  state text not null check (state in ('waiting', 'held', 'delivered', 'dead', 'suppressed')),
  because text,
  next_at timestamptz(3),
  attempts integer not null default 0,
  unknowns integer not null default 0,
  claim text,
  claimed_until timestamptz(3),
  sending_since timestamptz(3),
  check ((state = 'waiting') = (next_at is not null)),
  check ((state = 'delivered') = (delivered_at is not null))
);
comment on table delivery is 'One message for one channel. What is said and to whom are facts; how far it got is state. The same key makes one row, and goes with every try, so that a receiver can tell a repetition.';
do $$ declare c text; begin
  foreach c in array array['id','key','org_id','alert_id','channel_id','channel_kind','channel_name','purpose','message','not_before','received_at','body','salt','leaf_hash','xid'] loop
    execute format('comment on column delivery.%I is %L', c, 'fact');
  end loop;
  foreach c in array array['state','because','next_at','attempts','unknowns','claim','claimed_until','sending_since'] loop
    execute format('comment on column delivery.%I is %L', c, 'state');
  end loop;
end $$;
comment on column delivery.org_id is 'fact; null: the installation, such as a test of a channel';
comment on column delivery.channel_name is 'fact: the name at that moment';
comment on column delivery.message is 'fact: body''s member of that name, for reading';
comment on column delivery.body is 'fact: RFC 8785 JSON of the row''s facts; the leaf''s bytes. Leaf: kind delivery';
comment on column delivery.delivered_at is 'write-once: when the receiver said yes';
comment on column delivery.receipt is 'write-once: what the receiver gave back, such as the number of an incident';
comment on column delivery.attempts is 'state: tries since it was planned or last replayed; all of them stand in delivery_attempt';
comment on column delivery.unknowns is 'state: those of them whose outcome is not known';
comment on column delivery.sending_since is 'state: set before the first byte leaves; found with an expired claim it means that nobody knows whether it arrived';
create index delivery_due on delivery (channel_id, next_at, id) where state = 'waiting';
create index delivery_held on delivery (not_before, id) where state = 'held';
create index delivery_newest on delivery (received_at desc, id desc);
create index delivery_org_newest on delivery (org_id, received_at desc, id desc);
create index delivery_alert on delivery (alert_id, received_at, id) where alert_id is not null;
create index delivery_dead on delivery (received_at desc, id desc) where state = 'dead';

grant select, insert on delivery to tally_app;
grant select on delivery to tally_viewer;
call tally.write_once('delivery', array['delivered_at', 'receipt']);
grant update (state, because, next_at, attempts, unknowns, claim, claimed_until, sending_since) on delivery to tally_app;
create trigger facts_stay before update of id, key, org_id, alert_id, channel_id, channel_kind, channel_name, purpose, message, not_before, received_at,
  body, salt, leaf_hash, xid on delivery for each row execute function tally.refuse_change();
create trigger rows_stay before delete on delivery for each row execute function tally.refuse_change();
create trigger table_stays before truncate on delivery for each statement execute function tally.refuse_change();
alter table delivery enable always trigger facts_stay;
alter table delivery enable always trigger rows_stay;
alter table delivery enable always trigger table_stays;

create table delivery_attempt (
  id text collate "C" primary key,
  delivery_id text collate "C" not null references delivery (id),
  org_id uuid,
  at timestamptz(3) not null,                           -- fact: when it began
  outcome text not null check (outcome in ('delivered', 'again', 'refused', 'unknown')),
  status integer,                                       -- fact: the receiver's status code, where it gave one
  because text,                                         -- fact: in words; never the receiver's bytes
  duration_ms integer,
  received_at timestamptz(3) not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table delivery_attempt is 'fact: one try to send a delivery and what came of it. Leaf: kind delivery_attempt.';
create index delivery_attempt_of on delivery_attempt (delivery_id, at, id);
call tally.append_only('delivery_attempt');

-- Rows of the installation (no organisation) show only where the view asked for them, as in the journal.
do $$ declare t text; begin
  foreach t in array array['delivery', 'delivery_attempt'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy org_viewer on %I for select to tally_viewer using (
      org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[])
      or (org_id is null and current_setting('app.reads_installation', true) = '1'))$p$, t);
    execute format('create policy org_app on %I to tally_app using (true) with check (true)', t);
    execute format('create policy org_owner on %I to tally_owner using (true) with check (true)', t);
  end loop;
end $$;
