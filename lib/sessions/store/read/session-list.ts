import type { Sql } from '@/lib/db/sql';
import type { ActorKind, Linkage } from '@/lib/kernel/words';
import { type LINKAGES, RISKS } from '@/lib/kernel/words';
import type { SessionKind, SessionListQuery, SessionRule } from '../../contract';

/** A session as it is read for screens. */
export type SessionRow = {
  readonly id: string;
  readonly orgId: string;
  readonly kind: SessionKind;
  readonly rule: SessionRule;
  readonly ruleKey: string | null;
  readonly anchorId: string;
  readonly anchorAt: Date;
  readonly owner: { readonly kind: ActorKind; readonly id: string | null; readonly name: string | null };
  readonly client: { readonly id: string; readonly name: string | null } | null;
  readonly parentId: string | null;
  readonly steps: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly changes: number;
  readonly accountable: number;
  readonly maxRisk: number;
  readonly surfaced: number;
  readonly linkage: Readonly<Record<Linkage, number>>;
  readonly nested: number;
};

type Row = {
  id: string;
  org_id: string;
  kind: SessionKind;
  rule: SessionRule;
  rule_key: string | null;
  anchor_id: string;
  anchor_at: Date;
  owner_kind: ActorKind;
  owner_id: string | null;
  owner_name: string | null;
  client_id: string | null;
  client_name: string | null;
  parent_id: string | null;
  steps: number;
  first_at: Date;
  last_at: Date;
  changes: number;
  accountable: number;
  max_risk: number;
  surfaced: number;
  nested: number;
} & Record<Linkage, number>;

export type SessionKey = { readonly value: string | number; readonly id: string };

/** One page of sessions that are not nested, under a filter; `ids` are sessions that the search text names. */
export async function listSessions(
  sql: Sql,
  query: SessionListQuery,
  page: { readonly ids: readonly string[]; readonly after: SessionKey | null; readonly limit: number },
): Promise<SessionRow[]> {
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const parts = ['s.parent_id is null'];
  const among = (column: string, type: string, given: readonly unknown[] | undefined): void => {
    if (given?.length) parts.push(`${column} = any (${put(given)}::${type}[])`);
  };
  if (query.from !== undefined) parts.push(`s.last_at >= ${put(query.from)}::timestamptz`);
  if (query.to !== undefined) parts.push(`s.first_at < ${put(query.to)}::timestamptz`);
  among('s.org_id', 'uuid', query.org);
  among('s.kind', 'text', query.kind);
  among('s.rule', 'text', query.rule);
  among('s.owner_id', 'text', query.actor);
  among(
    's.max_risk',
    'smallint',
    query.risk?.map((risk) => RISKS.indexOf(risk) + 1),
  );
  if (query.q) {
    const pattern = `%${query.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    parts.push(`(s.owner_name ilike ${put(pattern)} or s.id = any (${put(page.ids)}::text[]))`);
  }
  const [column, type] = query.sort === 'largest' ? ['changes', 'bigint'] : ['first_at', 'timestamptz'];
  if (page.after !== null)
    parts.push(`(s.${column}, s.id) < (${put(page.after.value)}::${type}, ${put(page.after.id)})`);
  return rowsOf(
    sql,
    `${parts.join(' and ')} order by s.${column} desc, s.id desc limit ${put(page.limit)}`,
    values,
  );
}

/** The sessions with these ids, nested ones too, in order of time. */
export function sessionsById(sql: Sql, ids: readonly string[]): Promise<SessionRow[]> {
  return rowsOf(sql, 's.id = any ($1::text[]) order by s.first_at, s.id', [ids]);
}

/** The cascades that are steps of a bulk task, in order of time. */
export function nestedIn(
  sql: Sql,
  session: Pick<SessionRow, 'orgId' | 'id'>,
  limit: number,
): Promise<SessionRow[]> {
  return rowsOf(sql, 's.org_id = $1 and s.parent_id = $2 order by s.first_at, s.id limit $3', [
    session.orgId,
    session.id,
    limit,
  ]);
}

async function rowsOf(sql: Sql, where: string, values: readonly unknown[]): Promise<SessionRow[]> {
  const rows = await sql.query<Row>(`select s.* from session s where ${where}`, values);
  return rows.map((row) => ({
    id: row.id,
    orgId: row.org_id,
    kind: row.kind,
    rule: row.rule,
    ruleKey: row.rule_key,
    anchorId: row.anchor_id,
    anchorAt: row.anchor_at,
    owner: { kind: row.owner_kind, id: row.owner_id, name: row.owner_name },
    client: row.client_id === null ? null : { id: row.client_id, name: row.client_name },
    parentId: row.parent_id,
    steps: row.steps,
    firstAt: row.first_at,
    lastAt: row.last_at,
    changes: row.changes,
    accountable: row.accountable,
    maxRisk: row.max_risk,
    surfaced: row.surfaced,
    linkage: {
      linked: row.linked,
      late_approval: row.late_approval,
      outside_window: row.outside_window,
      mismatch: row.mismatch,
      unlinked: row.unlinked,
      not_applicable: row.not_applicable,
    } satisfies Record<(typeof LINKAGES)[number], number>,
    nested: row.nested,
  }));
}
