import { exportView } from '@/lib/auth/export-as-viewer';
import { whereOf } from '@/lib/changes/store/read/change-filter';
import { EXPORT_COLUMNS, type ExportColumn, formulaSafe } from '@/lib/changes/store/read/export-columns';
import { inlined } from '@/lib/changes/store/read/inline-values';
import { linkageAt } from '@/lib/changes/store/read/judgeable';
import { copyOut } from '@/lib/db/copy';
import { toIso } from '@/lib/kernel/instant';
import { RATE_FORMULA_VERSION } from '../contract';
import type { RateExportQuery } from '../contract/rate-breakdown';
import { askedRate, listsOfRate, type RateAsked } from '../unlinked-rate';

/** What each row tells of its change, after what the file says of itself. */
const COLUMNS: readonly ExportColumn[] = [
  'id',
  'timestamp',
  'received_at',
  'organization',
  'service',
  'entity_type',
  'action',
  'entity',
  'entity_id',
  'admin_user',
  'admin_user_id',
  'actor_kind',
  'team',
  'division',
  'planning',
  'bypass',
  'provisional',
];

/**
 * One of the two lists of the rate as CSV: every row says by which formula, for which period and filter, and as of when it was counted, so that the
 * file explains itself wherever it ends up. Rows of the numerator over rows of the denominator are the rate to its last digit.
 */
export const exportRate = exportView<RateExportQuery>(
  {
    permission: 'changes.export',
    journal: ({ bom: _bom, ...asked }) => ({
      objectType: 'change',
      detail: { ...asked, formula: RATE_FORMULA_VERSION },
    }),
  },
  async function* ({ client, now }, query) {
    const asked = askedRate(query, now);
    const list = listsOfRate(asked)[query.list];
    const quote = (text: string): string => client.escapeLiteral(text);
    const linkage = list.asOf === undefined ? 'c.linkage' : linkageAt(quote(list.asOf));
    const said = Object.entries(selfDescription(query.list, asked)).map(
      ([name, value]) => `${quote(value)} as "${name}"`,
    );
    const rows = COLUMNS.map((name) => `${formulaSafe(EXPORT_COLUMNS[name])} as "${name}"`);
    if (query.bom === 'true') yield '\ufeff';
    yield* copyOut(
      client,
      `select ${said.join(', ')}, ${linkage} as "linkage", ${linkage} <> 'linked' as "in_numerator", ${rows.join(', ')}
       from change c where ${inlined(client, whereOf(list, null))} order by c.event_date, c.id`,
      'with (format csv, header)',
    );
  },
);

/** What the file says of itself in each of its rows. */
function selfDescription(list: RateExportQuery['list'], asked: RateAsked): Readonly<Record<string, string>> {
  const { range, scope, filter, orgIds, asOf } = asked;
  const narrowed = [
    ...(orgIds === null ? [] : [`org=${orgIds.join('|')}`]),
    ...Object.entries(filter).flatMap(([name, values]) =>
      values.length === 0 ? [] : [`${name}=${values.join('|')}`],
    ),
  ];
  return {
    list,
    formula: RATE_FORMULA_VERSION,
    scope,
    period_from: toIso(range.from),
    period_to: toIso(range.to),
    as_of: asOf === null ? 'as it stands' : toIso(asOf),
    filter: narrowed.length === 0 ? 'none' : narrowed.join('; '),
  };
}
