import { rebuildRollups } from '@/lib/changes/rebuild-rollups';
import type { Sql } from '@/lib/db/sql';
import type { BenchHouse } from './bench-house';

/** Services whose hours are covered, about as many as the platform has. */
const SERVICES = 50;
/** Changes of so many newest days, and one in ten of the others, have been judged. */
const JUDGED_DAYS = 45;
/** Counting row by row would take longer than counting anew at the end. */
export const COUNTING = ['count_inserted', 'rate_inserted'] as const;

/**
 * Multiplies the events that ingest wrote until the organisation has `target` changes: set-based, month by month in the order of
 * event time, each a copy of a real one under an id and a time of its own. Rollups are counted anew at the end. Returns the
 * factor reached so far.
 */
export async function growTo(
  house: BenchHouse,
  plan: {
    readonly orgId: string;
    readonly template: number;
    readonly before: number;
    readonly target: number;
    readonly to: Date;
  },
): Promise<number> {
  const { owner } = house;
  if (plan.before === 1) await keepTemplate(owner, plan.orgId);
  const factor = Math.round(plan.target / plan.template);
  const copies = { from: plan.before, to: factor - 1 };
  if (copies.to >= copies.from) {
    for (const trigger of COUNTING) await owner.query(`alter table change disable trigger ${trigger}`);
    const months = await owner.query<{ month: string }>(
      `select distinct to_char(date_trunc('month', event_date, 'UTC'), 'YYYY-MM-DD') as month from bench_seed.change order by 1`,
    );
    for (const { month } of months) await copyMonth(owner, month, copies);
    for (const trigger of COUNTING) await owner.query(`alter table change enable trigger ${trigger}`);
  }
  await judge(owner, plan.orgId, plan.to);
  await rebuildRollups(house.db, plan.orgId);
  for (const table of [
    'change',
    'raw_event',
    'sighting',
    'ru_hour',
    'ru_day',
    'ru_dim',
    'ru_actor',
    'ru_rate',
    'link_evaluation',
    'entity_dim',
  ])
    await owner.query(`vacuum (analyze) ${table}`);
  return factor;
}

async function keepTemplate(owner: Sql, orgId: string): Promise<void> {
  await owner.query('create schema bench_seed');
  for (const table of ['change', 'raw_event', 'sighting'])
    await owner.query(`create table bench_seed.${table} as select * from ${table} where org_id = '${orgId}'`);
  await owner.query('create index on bench_seed.change (event_date)');
  await owner.query('create index on bench_seed.raw_event (event_date)');
  await owner.query('create index on bench_seed.sighting (source_id)');
  await owner.query('analyze bench_seed.change');
}

/** Of an id and a number another id; of a time another in the same month. */
const NEW_ID = (id: string): string => `md5(${id} || '/' || k)::uuid::text`;
const NEW_DATE = (at: string): string =>
  `least(${at} + k * interval '31 seconds', date_trunc('month', ${at}, 'UTC') + interval '1 month' - interval '1 second')`;

async function copyMonth(owner: Sql, month: string, copies: { from: number; to: number }): Promise<void> {
  const inMonth = `event_date >= '${month}' and event_date < '${month}'::timestamptz + interval '1 month'`;
  const series = `generate_series(${copies.from}, ${copies.to}) k`;
  await copyRows(
    owner,
    'change',
    { id: NEW_ID('id'), event_date: NEW_DATE('event_date') },
    `bench_seed.change, ${series} where ${inMonth} order by 3, 2`,
  );
  await copyRows(
    owner,
    'raw_event',
    { source_id: NEW_ID('source_id'), event_date: NEW_DATE('event_date') },
    `bench_seed.raw_event, ${series} where ${inMonth}`,
  );
  await copyRows(
    owner,
    'sighting',
    { source_id: NEW_ID('source_id') },
    `bench_seed.sighting, ${series} where source_id in (select source_id from bench_seed.raw_event where ${inMonth})`,
  );
}

async function copyRows(
  owner: Sql,
  table: string,
  made: Readonly<Record<string, string>>,
  from: string,
): Promise<void> {
  const columns = await owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  const names = columns.map((column) => column.name);
  await owner.query(
    `insert into ${table} (${names.join(', ')}) select ${names.map((name) => made[name] ?? name).join(', ')} from ${from}`,
  );
}

/** Opinions as linking and risk would have set them: by a hash of the id, so that both sizes have the same shares. */
async function judge(owner: Sql, orgId: string, to: Date): Promise<void> {
  const h = `(hashtext(c.id) & 1048575)`;
  await owner.query(
    `insert into link_evaluation (id, org_id, change_id, event_date, decided_at, linkage, planning, reason, formula, claims, body, salt, leaf_hash)
     select 'evl_' || md5(c.id), c.org_id, c.id, c.event_date, c.event_date + interval '10 minutes', 'linked', 'planned_manual', null, 'bench', j.claims, j.claims::text,
       decode(md5(c.id), 'hex'), sha256(c.id::bytea)
     from change c, lateral (select jsonb_build_array(jsonb_build_object('kind', 'servicenow', 'reference', 'CHG' || (1000000 + ${h} % 5000), 'status', 'linked', 'reason', null,
       'reasons', '[]'::jsonb, 'foundBy', 'description', 'confidence', 0.9, 'statusAtChange', 'Implement', 'approvedAt', '2025-01-01T00:00:00.000Z', 'approvers', '["Person"]'::jsonb,
       'window', null, 'namesTarget', null, 'emergency', false, 'review', null, 'url', null, 'title', 'Change request')) as claims) j
     where c.org_id = '${orgId}' and c.linkage = 'linked' and (${h} % 10 = 0 or c.event_date > $1::timestamptz - interval '${JUDGED_DAYS} days')
     on conflict do nothing`,
    [to],
  );
}

/** Opinions of the events that ingest wrote, before they are multiplied. */
export async function judgeTemplate(owner: Sql, orgId: string): Promise<void> {
  await owner.query(
    `update change c set
       linkage = case when not accountable then linkage when citable_text !~ 'CHG' then 'unlinked'
         else (array['linked','linked','linked','linked','linked','linked','linked','linked','late_approval','mismatch'])[1 + (hashtext(id) & 1023) % 10] end,
       planning = case when not accountable then planning when citable_text ~ 'CHG' and (hashtext(id) & 1023) % 10 < 8 then 'planned_manual' else 'ad_hoc' end,
       linkage_reason = case when accountable and citable_text !~ 'CHG' then 'cites_nothing' end,
       link_checked_at = case when accountable then event_date + interval '10 minutes' end,
       risk = case when (hashtext(id) & 65535) % 250 = 0 then 4 when (hashtext(id) & 65535) % 60 = 0 then 3 else risk end
     where org_id = '${orgId}'`,
  );
}

/** Every hour of a year, every service: what the calendar of coverage reads. It grows with time, not with changes. */
export async function coverYear(owner: Sql, orgId: string, to: Date): Promise<void> {
  await owner.query(
    `insert into coverage_hour (org_id, source, service, hour, state, basis, records, quarantined, first_read_at, last_read_at)
     select '${orgId}', 'pull', 'Service' || s, h, 'complete', 'one_reading', 10, 0, h + interval '2 hours', h + interval '50 hours'
     from generate_series($1::timestamptz - interval '365 days', $1::timestamptz - interval '1 hour', interval '1 hour') h, generate_series(1, ${SERVICES}) s
     order by h, s`,
    [to],
  );
  await owner.query(
    `insert into watermark (org_id, source, read_from, read_to, updated_at) values ('${orgId}', 'pull', $1::timestamptz - interval '365 days', $1, $1)`,
    [to],
  );
  await owner.query('vacuum (analyze) coverage_hour');
}
