import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import { classifyActor } from '../model/actor/classify-actor';
import { underNoise } from '../model/actor/excuse';
import type { Accountability } from '../model/record/change';
import { judgedBy } from '../model/record/enrich';
import {
  type Cursor,
  changesToReconsider,
  type Enriched,
  type Reconsidered,
  saveEnrichment,
} from '../store/opinion/enrichment';
import { insertNames } from '../store/record/entity-names';
import { loadKnowledge } from './load-knowledge';
import { enrichAll } from './name-changes';
import type { OrgKnowledge } from './org-knowledge';

const BATCH = 2_000;
const COUNTS: Accountability = { accountable: true, excludedReason: null };

/**
 * Makes the opinions of the interval's changes again where they may be other by now: names that arrived later, clients learnt
 * later, addresses, grants explained by a record that came after. With `all` every change (a rebuild). Idempotent; the same
 * knowledge gives the same values. Returns how many changes became different.
 */
export async function enrichChanges(
  db: Database,
  asked: Interval & {
    readonly orgId: string;
    readonly now: Date;
    readonly all?: boolean;
    /** Changes that name one of these ids are judged again, too: they were renamed. */
    readonly naming?: readonly string[];
    readonly knowledge?: OrgKnowledge;
  },
): Promise<number> {
  const knowledge = asked.knowledge ?? (await loadKnowledge(db.sql, asked.orgId, asked.now));
  const clientIds = [...knowledge.knownClientIds];
  const noiseFrom = knowledge.noise.find((period) => period.noise.length > 0)?.from ?? null;
  let after: Cursor | null = null;
  let changed = 0;
  for (;;) {
    const rows: Reconsidered[] = await changesToReconsider(db.sql, {
      ...asked,
      clientIds,
      all: asked.all ?? false,
      noiseFrom,
      naming: asked.naming ?? [],
      after,
      limit: BATCH,
    });
    const last = rows.at(-1);
    if (last === undefined) return changed;
    const made = await judgedAnew(rows, knowledge);
    changed += await db.transaction((sql) => keep(sql, asked.orgId, made, asked.now));
    after = { eventDate: last.change.eventDate, id: last.change.id };
  }
}

/** The opinions of changes as this knowledge makes them. */
export async function judgedAnew(
  rows: readonly Reconsidered[],
  knowledge: OrgKnowledge,
): Promise<readonly Enriched[]> {
  const judged = rows.map((row) => ({
    change: row.change,
    actorKind: row.explained ? ('platform' as const) : classifyActor(row.change, knowledge),
    accountability: row.excusedAsNoise
      ? COUNTS
      : { accountable: row.accountable, excludedReason: row.excludedReason },
    newAddress: row.newAddress,
    toldAt: row.receivedAt,
    excludedBefore: row.excludedReason,
  }));
  const enriched = await enrichAll(judged, knowledge);
  return judged.flatMap((one, index) => {
    const enrichment = enriched[index];
    if (enrichment === undefined) return [];
    const { change, actorKind, accountability, excludedBefore } = one;
    const { excludedReason } = underNoise(change, accountability, {
      noise: knowledge.noise,
      judged: judgedBy(change, enrichment),
    });
    return [{ change, actorKind, enrichment, excludedBefore, excluded: excludedReason }];
  });
}

/** Keeps opinions and the names in them; returns how many changes became different. Requires a transaction. */
export async function keep(sql: Sql, orgId: string, made: readonly Enriched[], at: Date): Promise<number> {
  const count = await saveEnrichment(sql, orgId, made, at);
  await insertNames(sql, orgId, made);
  return count;
}
