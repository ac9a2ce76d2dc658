import type { Sql } from '@/lib/db/sql';
import type { CoverageState } from '@/lib/kernel/words';
import type { CoverageBasis } from '../../model/coverage/coverage-state';

export type CoverageAsked = {
  readonly orgIds: readonly string[];
  readonly sources: readonly string[];
  readonly services: readonly string[] | null;
  readonly from: Date;
  readonly to: Date;
};

export type HourRow = {
  readonly hour: Date;
  readonly state: CoverageState;
  readonly basis: CoverageBasis | null;
  readonly records: number;
  readonly services: number;
  readonly quarantined: number;
  readonly because: string | null;
};

const WORST_FIRST = `array['gap', 'not_evaluated', 'pending', 'provisional', 'late_complete', 'complete']`;
const MATCHES = `org_id = any ($1::uuid[]) and source = any ($2::text[]) and hour >= $3 and hour < $4 and ($5::text[] is null or service = any ($5))`;

/** One row for every hour that was asked for at some time: the worst state over the services. */
export async function coverageHours(sql: Sql, asked: CoverageAsked): Promise<HourRow[]> {
  return sql.query<HourRow>(
    `select hour, (${WORST_FIRST})[min(rank)] as state, (array_agg(basis order by rank) filter (where basis is not null))[1] as basis,
       sum(records)::int8 as records, count(distinct service) as services, sum(quarantined)::int8 as quarantined,
       (array_agg(because order by rank, service))[1] as because
     from (select *, array_position(${WORST_FIRST}, state) as rank from coverage_hour where ${MATCHES}) c
     group by hour order by hour`,
    [asked.orgIds, asked.sources, asked.from, asked.to, asked.services],
  );
}

/** The services with readings in the range. */
export async function coveredServices(sql: Sql, asked: CoverageAsked): Promise<string[]> {
  const rows = await sql.query<{ service: string }>(
    `select distinct service from coverage_hour where ${MATCHES} order by 1`,
    [asked.orgIds, asked.sources, asked.from, asked.to, asked.services],
  );
  return rows.map((row) => row.service);
}

/** What was read of each organisation; the narrowest over them. */
export async function readSpan(
  sql: Sql,
  orgIds: readonly string[],
  sources: readonly string[],
): Promise<{ readonly from: Date; readonly to: Date } | null> {
  const rows = await sql.query<{ from: Date | null; to: Date | null }>(
    `select min(read_from) as "from", min(read_to) as "to" from watermark where org_id = any ($1::uuid[]) and source = any ($2::text[])`,
    [orgIds, sources],
  );
  const row = rows[0];
  return row?.from && row.to ? { from: row.from, to: row.to } : null;
}

/** The start of the first hour that was read and may still grow, or the end of what was read where there is none. */
export async function completeTo(
  sql: Sql,
  asked: Pick<CoverageAsked, 'orgIds' | 'sources'> & {
    readonly span: { readonly from: Date; readonly to: Date };
  },
): Promise<Date> {
  const [row] = await sql.query<{ hour: Date | null }>(
    `select min(hour) as hour from coverage_hour
     where org_id = any ($1::uuid[]) and source = any ($2::text[]) and state in ('pending', 'provisional') and hour >= $3`,
    [asked.orgIds, asked.sources, asked.span.from],
  );
  return row?.hour ?? asked.span.to;
}

export type ReadingRow = {
  readonly id: string;
  readonly source: 'push' | 'pull' | 'realtime' | 'file';
  readonly service: string;
  readonly hour: Date;
  readonly askedFrom: Date;
  readonly askedTo: Date;
  readonly queryId: string | null;
  readonly begunAt: Date;
  readonly finishedAt: Date;
  readonly outcome: 'answered' | 'failed' | 'no_permission';
  readonly because: string | null;
  readonly returned: number;
  readonly new: number;
  readonly alreadyKnown: number;
  readonly quarantined: number;
  readonly idsDigest: string;
  readonly previousDigest: string | null;
  readonly digest: string;
};

/** The readings behind one cell, in the order they were made. */
export async function readingsOfHour(sql: Sql, asked: CoverageAsked, limit: number): Promise<ReadingRow[]> {
  return sql.query<ReadingRow>(
    `select id, source, service, hour, asked_from as "askedFrom", asked_to as "askedTo", query_id as "queryId", begun_at as "begunAt", finished_at as "finishedAt", outcome, because,
       returned, new, already_known as "alreadyKnown", quarantined, encode(ids_digest, 'hex') as "idsDigest", encode(previous_digest, 'hex') as "previousDigest", encode(digest, 'hex') as digest
     from reading where ${MATCHES} order by begun_at, service, id limit $6`,
    [asked.orgIds, asked.sources, asked.from, asked.to, asked.services, limit],
  );
}
