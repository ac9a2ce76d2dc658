import { randomBytes } from 'node:crypto';
import type { Sql } from '@/lib/db/sql';
import { leafHash } from '@/lib/kernel/hash';
import type { DerivedHour, HourReading } from '../../model/coverage/coverage-state';
import { type ChainedReading, chainReading, type Reading } from '../../model/coverage/reading-digest';

const ROWS_PER_STATEMENT = 2_000;

/**
 * Appends readings to the chains of their source and service, in the order given. Requires a transaction: the heads of the
 * chains stay locked to its end, so that two collectors cannot fork a chain.
 */
export async function appendReadings(
  sql: Sql,
  orgId: string,
  readings: readonly Reading[],
  receivedAt: Date,
): Promise<void> {
  if (readings.length === 0) return;
  const heads = await lockHeads(sql, orgId, readings);
  const chained: ChainedReading[] = [];
  for (const reading of readings) {
    const key = `${reading.source} ${reading.service}`;
    const next = chainReading(reading, heads.get(key)?.digest ?? null);
    heads.set(key, { id: reading.id, digest: next.digest });
    chained.push(next);
  }
  for (const statement of statementsOf(chained)) await insertReadings(sql, statement, receivedAt);
  const touched = [...new Set(readings.map((one) => `${one.source} ${one.service}`))].sort();
  await sql.query(
    `insert into reading_head (org_id, source, service, reading_id, digest)
     select $1, x.source, x.service, x.id, decode(x.digest, 'hex') from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as x (source, service, id, digest)
     on conflict (org_id, source, service) do update set reading_id = excluded.reading_id, digest = excluded.digest`,
    [
      orgId,
      touched.map((key) => key.slice(0, key.indexOf(' '))),
      touched.map((key) => key.slice(key.indexOf(' ') + 1)),
      touched.map((key) => heads.get(key)?.id),
      touched.map((key) => heads.get(key)?.digest),
    ],
  );
}

async function lockHeads(
  sql: Sql,
  orgId: string,
  readings: readonly Reading[],
): Promise<Map<string, { id: string; digest: string }>> {
  // A chain that has no head yet has no row to lock; the lock on the organisation's chains covers both.
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tally.readings:' || $1, 0))`, [orgId]);
  const rows = await sql.query<{ source: string; service: string; id: string; digest: string }>(
    `select source, service, reading_id as id, encode(digest, 'hex') as digest from reading_head where org_id = $1 and service = any ($2::text[])`,
    [orgId, [...new Set(readings.map((one) => one.service))]],
  );
  return new Map(rows.map((row) => [`${row.source} ${row.service}`, { id: row.id, digest: row.digest }]));
}

/** What readings of one attempt have in common, and goes to the database once for all of them. */
const SHARED = [
  'orgId',
  'source',
  'runId',
  'queryId',
  'begunAt',
  'finishedAt',
  'askedFrom',
  'askedTo',
  'outcome',
  'because',
] as const;

/** The readings in their order, cut where another attempt begins and where a statement would become too long. */
function statementsOf(readings: readonly ChainedReading[]): ChainedReading[][] {
  const statements: ChainedReading[][] = [];
  let current: ChainedReading[] = [];
  for (const one of readings) {
    const first = current[0]?.reading;
    const fits =
      first !== undefined &&
      current.length < ROWS_PER_STATEMENT &&
      SHARED.every((key) => first[key]?.valueOf() === one.reading[key]?.valueOf());
    if (!fits) {
      current = [];
      statements.push(current);
    }
    current.push(one);
  }
  return statements;
}

const SALT_BYTES = 16;

async function insertReadings(
  sql: Sql,
  readings: readonly ChainedReading[],
  receivedAt: Date,
): Promise<void> {
  const shared = readings[0]?.reading;
  if (shared === undefined) return;
  const salts = randomBytes(SALT_BYTES * readings.length);
  const rows = readings.map(({ reading: one, previousDigest, digest }, index) => {
    const salt = salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES);
    const leaf = leafHash({
      kind: 'reading',
      orgId: one.orgId,
      factId: one.id,
      receivedAt,
      salt,
      contentSha256: Buffer.from(digest, 'hex'),
    });
    return {
      id: one.id,
      service: one.service,
      hour: one.hour,
      returned: one.returned,
      new: one.new,
      already_known: one.alreadyKnown,
      quarantined: one.quarantined,
      lost: one.lost,
      ids_digest: one.idsDigest,
      previous_digest: previousDigest,
      digest,
      salt: salt.toString('hex'),
      leaf_hash: leaf.toString('hex'),
    };
  });
  // Bodies are canonical JSON and hold no line break: they go beside the rows, one a line, instead of escaped within them.
  await sql.query(
    `insert into reading (id, org_id, source, service, hour, asked_from, asked_to, run_id, query_id, begun_at, finished_at, outcome, because,
       returned, new, already_known, quarantined, lost, ids_digest, previous_digest, digest, received_at, body, salt, leaf_hash)
     select id, $3, $4, service, hour, $5, $6, $7, $8, $9, $10, $11, $12, returned, new, already_known, quarantined, lost,
       decode(ids_digest, 'hex'), decode(previous_digest, 'hex'), decode(digest, 'hex'), $13, body, decode(salt, 'hex'), decode(leaf_hash, 'hex')
     from rows from (
       json_to_recordset($1) as (id text, service text, hour timestamptz, returned integer, new integer, already_known integer, quarantined integer,
         lost integer, ids_digest text, previous_digest text, digest text, salt text, leaf_hash text),
       string_to_table($2, E'\\n')
     ) as x (id, service, hour, returned, new, already_known, quarantined, lost, ids_digest, previous_digest, digest, salt, leaf_hash, body)`,
    [
      JSON.stringify(rows),
      readings.map((one) => one.body).join('\n'),
      shared.orgId,
      shared.source,
      shared.askedFrom,
      shared.askedTo,
      shared.runId,
      shared.queryId,
      shared.begunAt,
      shared.finishedAt,
      shared.outcome,
      shared.because,
      receivedAt,
    ],
  );
}

export type ServiceHour = { readonly service: string; readonly hour: Date };

/** Readings of the hours in `[from, to)` of one source, by service and hour; without those of this transaction where so asked. */
export async function readingsBetween(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly source: string;
    readonly from: Date;
    readonly to: Date;
    readonly committedOnly: boolean;
  },
): Promise<(ServiceHour & { readonly reading: HourReading })[]> {
  const rows = await sql.query<ServiceHour & HourReading>(
    `select service, hour, run_id as "runId", asked_from as "askedFrom", asked_to as "askedTo", begun_at as "begunAt", outcome, because, returned, new,
       quarantined, lost, encode(ids_digest, 'hex') as "idsDigest"
     from reading where org_id = $1 and source = $2 and hour >= $3 and hour < $4
       and (not $5 or xid <> pg_current_xact_id())
     order by service, hour, begun_at`,
    [asked.orgId, asked.source, asked.from, asked.to, asked.committedOnly],
  );
  return rows.map(({ service, hour, ...reading }) => ({ service, hour, reading }));
}

/**
 * For each service and hour in the range, the ids that came by push and those that came by a pull, compared: true where there
 * are some and they are the same.
 */
export async function hoursWherePathsAgree(
  sql: Sql,
  asked: { readonly orgId: string; readonly from: Date; readonly to: Date },
): Promise<ServiceHour[]> {
  return sql.query<ServiceHour>(
    `select service, hour from (
       select c.service, date_trunc('hour', c.event_date, 'UTC') as hour,
         exists (select 1 from sighting s where s.org_id = c.org_id and s.source_id = c.id and s.path = 'push') as pushed,
         exists (select 1 from sighting s where s.org_id = c.org_id and s.source_id = c.id and s.path <> 'push') as pulled
       from change c where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3
     ) x group by service, hour having bool_and(pushed and pulled)`,
    [asked.orgId, asked.from, asked.to],
  );
}

export type KnownId = { readonly id: string; readonly service: string; readonly eventDate: Date };

/** Every record known in the asked interval, by whatever path. */
export async function knownIn(
  sql: Sql,
  asked: { readonly orgId: string; readonly from: Date; readonly to: Date },
): Promise<KnownId[]> {
  return sql.query<KnownId>(
    'select id, service, event_date as "eventDate" from change where org_id = $1 and event_date >= $2 and event_date < $3',
    [asked.orgId, asked.from, asked.to],
  );
}

/** Which of these ids came by one of the paths at some time. */
export async function sightedBy(
  sql: Sql,
  asked: { readonly orgId: string; readonly paths: readonly string[]; readonly ids: readonly string[] },
): Promise<Set<string>> {
  if (asked.ids.length === 0) return new Set();
  const rows = await sql.query<{ id: string }>(
    'select distinct source_id as id from sighting where org_id = $1 and source_id = any ($2::text[]) and path = any ($3::text[])',
    [asked.orgId, asked.ids, asked.paths],
  );
  return new Set(rows.map((row) => row.id));
}

/** Sets the derived states of hours. */
export async function saveCoverage(
  sql: Sql,
  orgId: string,
  source: string,
  hours: readonly (ServiceHour & { readonly derived: DerivedHour })[],
): Promise<void> {
  for (let from = 0; from < hours.length; from += ROWS_PER_STATEMENT) {
    const rows = hours.slice(from, from + ROWS_PER_STATEMENT).map(({ service, hour, derived }) => ({
      service,
      hour,
      state: derived.state,
      basis: derived.basis,
      records: derived.records,
      quarantined: derived.quarantined,
      first_read_at: derived.firstReadAt,
      last_read_at: derived.lastReadAt,
      because: derived.because,
    }));
    await sql.query(
      `insert into coverage_hour as c (org_id, source, service, hour, state, basis, records, quarantined, first_read_at, last_read_at, because)
       select $1, $2, x.* from json_to_recordset($3) as x (service text, hour timestamptz, state text, basis text, records integer, quarantined integer,
         first_read_at timestamptz, last_read_at timestamptz, because text) order by x.hour, x.service collate "C"
       on conflict (org_id, source, hour, service) do update set state = excluded.state, basis = excluded.basis, records = excluded.records,
         quarantined = excluded.quarantined, first_read_at = excluded.first_read_at, last_read_at = excluded.last_read_at, because = excluded.because`,
      [orgId, source, JSON.stringify(rows)],
    );
  }
}
