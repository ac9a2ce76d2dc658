import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { typesetPdf } from '@/lib/typeset/typeset-pdf';
import type { MoveFilter } from '../contract';
import { MOVES_READ, type Where } from '../store/move-filter';
import { NO_REASON, reportColumns } from '../store/report-columns';
import { MOVE_REPORT_SOURCE } from './report-source';

/** More rows than this are no document to read, and would hold the process for seconds. */
export const MAX_PDF_ROWS = 5_000;

type ReportRow = { readonly [Name in (typeof SHOWN)[number]]: string | null };
const SHOWN = [
  'timestamp',
  'adminUser',
  'targetResource',
  'sourceDivisionName',
  'targetDivisionName',
  'clientIp',
  'why',
  'review',
  'selfMove',
  'boundaryCross',
  'restricted',
  'clientIpFlags',
  'sourceRegion',
  'targetRegion',
  'id',
] as const;

/** The report as PDF. Throws `bad_request` for more moves than a document holds. */
export async function typesetMoves(
  sql: Sql,
  asked: {
    readonly where: Where;
    readonly filter: MoveFilter & { readonly from: string; readonly to: string };
    readonly now: Date;
    readonly madeFor: string;
    readonly orgIds: readonly string[];
  },
): Promise<Buffer> {
  const { filter, now } = asked;
  const values = [...asked.where.values];
  const columns = reportColumns(`$${values.push(now)}::timestamptz`);
  const rows = await sql.query<ReportRow>(
    `select ${SHOWN.map((name) => `${columns[name]} as "${name}"`).join(', ')} from ${MOVES_READ} where ${asked.where.sql}
     order by m.at desc, m.id desc limit ${MAX_PDF_ROWS + 1}`,
    values,
  );
  if (rows.length > MAX_PDF_ROWS)
    throw requestError(
      'bad_request',
      `cannot write a PDF of more than ${MAX_PDF_ROWS.toLocaleString('en-US')} moves`,
      { hint: 'Narrow the period or the filter, or take the CSV.' },
    );
  const without = rows.filter((row) => row.why === NO_REASON).length;
  return typesetPdf({
    source: MOVE_REPORT_SOURCE,
    data: {
      period: `${filter.from} to ${filter.to}`,
      scope: await scopeOf(sql, asked.orgIds, filter),
      madeAt: toIso(now),
      madeFor: asked.madeFor,
      made: { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() },
      notes: [
        `${rows.length.toLocaleString('en-US')} moves; for ${without.toLocaleString('en-US')} of them no reason was found.`,
        'Names are those at the time of the move; a division without one keeps its id, marked unresolved.',
      ],
      rows: rows.map((row) => ({
        ...Object.fromEntries(SHOWN.map((name) => [name, row[name] ?? ''])),
        timestamp: (row.timestamp ?? '').replace('T', ' ').replace('Z', ''),
        flags: flagsOf(row),
      })),
    },
  });
}

function flagsOf(row: ReportRow): string {
  return [
    row.selfMove === 'no' ? null : 'self-move',
    row.boundaryCross === 'yes' ? `data boundary cross ${row.sourceRegion} to ${row.targetRegion}` : null,
    row.restricted === 'yes' ? 'into a restricted division' : null,
    row.clientIpFlags,
  ]
    .filter((flag) => flag !== null && flag !== '')
    .join('; ');
}

async function scopeOf(sql: Sql, orgIds: readonly string[], filter: MoveFilter): Promise<string> {
  const ids = filter.org?.length ? filter.org : orgIds;
  const names = await sql.query<{ name: string }>(
    'select name from org where org_id = any ($1::uuid[]) order by name',
    [ids],
  );
  const { from: _from, to: _to, org: _org, ...rest } = filter;
  const set = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  const words = set.map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' or ') : value}`);
  return [names.map((org) => org.name).join(', ') || 'all organisations', ...words].join(' · ');
}
