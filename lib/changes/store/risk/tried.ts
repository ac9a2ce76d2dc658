import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import {
  RECONSIDERED_COLUMNS,
  type Reconsidered,
  type ReconsideredRow,
  toReconsidered,
} from '../opinion/enrichment';
import { CHANGE_COLUMNS, type ChangeRow } from '../read/change-rows';
import { type Concerning, concerningSql, concerningValues } from './rejudge';

/** A change as a rule is tried on it: with the division its target lay in as it was found. */
export type Tried = Reconsidered & { readonly divisionId: string | null };

/** Changes since an instant that a rule may concern, newest first, after a place. */
export async function changesToTry(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly from: Date;
    readonly before: { readonly eventDate: Date; readonly id: string } | null;
    readonly concerning: Concerning;
    readonly limit: number;
  },
): Promise<Tried[]> {
  const rows = await sql.query<ReconsideredRow & { division_id: string | null }>(
    `select ${RECONSIDERED_COLUMNS}, c.division_id from change c
     where c.org_id = $1 and c.event_date >= $2 and ($3::timestamptz is null or (c.event_date <= $3 and (c.event_date, c.id) < ($3, $4::text)))
       and ${concerningSql(6)}
     order by c.event_date desc, c.id desc limit $5`,
    [
      asked.orgId,
      asked.from,
      asked.before?.eventDate ?? null,
      asked.before?.id ?? null,
      asked.limit,
      ...concerningValues(asked.concerning),
    ],
  );
  return rows.map((row) => ({ ...toReconsidered(row), divisionId: row.division_id }));
}

/** These changes as lists show them. */
export async function changesByPlace(
  sql: Sql,
  orgId: string,
  places: readonly { readonly eventDate: Date; readonly id: string }[],
): Promise<ChangeRow[]> {
  return sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from unnest($2::timestamptz[], $3::text[]) p (at, id) join change c on c.event_date = p.at and c.id = p.id and c.org_id = $1
     order by c.event_date desc, c.id desc`,
    [orgId, places.map(({ eventDate }) => eventDate), places.map(({ id }) => id)],
  );
}

/** How many accountable changes of an interval each rule was about. */
export async function countByRule(
  sql: Sql,
  orgId: string,
  { from, to }: Interval,
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ rule: string; n: number }>(
    `select split_part(mark, '@', 1) as rule, count(*)::int8 as n from change c cross join unnest(c.risk_rules) mark
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3 and cardinality(c.risk_rules) > 0 and c.accountable group by 1`,
    [orgId, from, to],
  );
  return new Map(rows.map((row) => [row.rule, row.n]));
}

/** What an organisation's changes are called, each once, in order. */
export async function knownWords(
  sql: Sql,
  orgId: string,
): Promise<{
  readonly services: readonly string[];
  readonly entityTypes: readonly string[];
  readonly actions: readonly string[];
}> {
  const [row] = await sql.query<{
    services: string[] | null;
    types: string[] | null;
    actions: string[] | null;
  }>(
    `select array_agg(distinct service order by service) as services, array_agg(distinct entity_type order by entity_type) as types,
       array_agg(distinct action order by action) as actions
     from (select distinct service, entity_type, action from ru_dim where org_id = $1 and n > 0) known`,
    [orgId],
  );
  return { services: row?.services ?? [], entityTypes: row?.types ?? [], actions: row?.actions ?? [] };
}
