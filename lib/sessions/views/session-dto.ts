import { riskOfRank } from '@/lib/changes/model/risk/assess-risk';
import { type ChangeRow, listChanges } from '@/lib/changes/store/read/change-rows';
import { sentenceOfRow } from '@/lib/changes/views/change-dto';
import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import type { SessionDto, SessionPart, SurfacedChange } from '../contract';
import { sessionSentence } from '../model/session-words';
import { type PartRow, partsOf, surfacedIn } from '../store/read/session-contents';
import type { SessionRow } from '../store/read/session-list';

/** Parts and surfaced children that a list shows of each session. */
const LISTED = { parts: 5, surfaced: 3 } as const;

/** Sessions as lists and the API show them. */
export async function toSessionDtos(
  sql: Sql,
  rows: readonly SessionRow[],
  listed: { readonly parts: number; readonly surfaced: number } = LISTED,
): Promise<SessionDto[]> {
  const parts = new Map<string, PartRow[]>(rows.map((row) => [row.id, []]));
  for (const part of await partsOf(sql, rows)) parts.get(part.top)?.push(part);
  const surfaced = await surfacedIn(
    sql,
    rows.filter((row) => row.surfaced > 0),
    listed.surfaced,
  );
  const anchors = rows.filter((row) => row.kind === 'cascade');
  const changes = await changesAt(sql, [
    ...surfaced,
    ...anchors.map((row) => ({ orgId: row.orgId, id: row.anchorId, eventDate: row.anchorAt })),
  ]);
  return rows.map((row) => {
    const anchor = changes.get(`${row.orgId} ${row.anchorId}`);
    const own = parts.get(row.id) ?? [];
    return {
      id: row.id,
      orgId: row.orgId,
      kind: row.kind,
      rule: row.rule,
      sentence: sessionSentence(row, anchor === undefined ? null : sentenceOfRow(anchor)),
      owner: row.owner,
      client: row.client,
      firstAt: toIso(row.firstAt),
      lastAt: toIso(row.lastAt),
      changes: row.changes,
      accountable: row.accountable,
      risk: riskOfRank(row.maxRisk),
      surfaced: {
        count: row.surfaced,
        first: surfaced.flatMap((one) => {
          const change = one.top === row.id ? changes.get(`${one.orgId} ${one.id}`) : undefined;
          return change === undefined ? [] : surfacedDto(change);
        }),
      },
      linkage: row.linkage,
      parts: own.slice(0, listed.parts).map(partDto),
      partsTotal: own.length,
      parentId: row.parentId,
      nested: row.nested,
    };
  });
}

export function partDto(part: PartRow): SessionPart {
  return {
    service: part.service,
    entityType: part.entityType,
    action: part.action,
    count: part.n,
    maxRisk: riskOfRank(part.maxRisk),
  };
}

function surfacedDto(change: ChangeRow): SurfacedChange {
  return {
    changeId: change.id,
    eventDate: toIso(change.eventDate),
    sentence: sentenceOfRow(change),
    risk: riskOfRank(change.risk),
    linkage: change.linkage,
  };
}

/** Changes by place, under `<org> <id>`. */
async function changesAt(
  sql: Sql,
  places: readonly { readonly orgId: string; readonly id: string; readonly eventDate: Date }[],
): Promise<Map<string, ChangeRow>> {
  if (places.length === 0) return new Map();
  const where = {
    sql: '(c.event_date, c.id, c.org_id) in (select * from unnest($1::timestamptz[], $2::text[], $3::uuid[]))',
    values: [places.map((one) => one.eventDate), places.map((one) => one.id), places.map((one) => one.orgId)],
  };
  const rows = await listChanges(sql, where, { after: null, sort: 'oldest', limit: places.length });
  return new Map(rows.map((row) => [`${row.orgId} ${row.id}`, row]));
}
