import type { Database } from '@/lib/db/connection';
import { relatedAudits } from '@/lib/genesys/audits/realtime-audits';
import type { GenesysClient } from '@/lib/genesys/connect';
import { scanJsonArray } from '@/lib/genesys/model/scan-json-array';
import { addMs, DAY_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { CASCADING_TYPES, isKnownToCascade } from './model/cascading-acts';
import { lockSessions, putHours } from './store/due-hours';
import { actsToAsk, appendRelatedAct, hoursOf, joinAct } from './store/related-acts';

/** Before this the platform may not have logged everything that follows from an act. */
export const RELATED_AFTER_MS = 10 * MINUTE_MS;
/** How far back the related query reaches; a day less than the platform says. */
const REACH_MS = 13 * DAY_MS;
/** Acts asked about in one pass: each is a request of its own. */
const ASKED_AT_ONCE = 20;
/** Candidates looked at in one pass. */
const LOOKED_AT = 500;

/** Ids of all records of the act that one record belongs to, itself included. */
export type AskRelated = (auditId: string) => Promise<readonly string[]>;

/** The platform's related query. */
export function genesysRelated(client: GenesysClient, signal?: AbortSignal): AskRelated {
  return async (auditId) => {
    const page = await relatedAudits(client, { auditId, ...(signal ? { signal } : {}) });
    return scanJsonArray(page.bytes, 'entities').elements.flatMap(({ offset, length }) => {
      const record: unknown = JSON.parse(page.bytes.subarray(offset, offset + length).toString('utf8'));
      return typeof record === 'object' && record !== null && 'id' in record && typeof record.id === 'string'
        ? record.id
        : [];
    });
  };
}

/**
 * Asks what belongs to acts that are known to cascade and name neither transaction nor correlation, each once. What is
 * asked stands outside transactions; what is answered makes the hours of its records due. Returns how many were asked.
 */
export async function noteRelatedActs(
  db: Database,
  asked: {
    readonly orgId: string;
    readonly ask: AskRelated;
    readonly now: Date;
    readonly signal?: AbortSignal;
  },
): Promise<number> {
  const { orgId, now } = asked;
  const within = { from: addMs(now, -REACH_MS), to: addMs(now, -RELATED_AFTER_MS) };
  const acts = await actsToAsk(db.sql, orgId, { within, entityTypes: CASCADING_TYPES, limit: LOOKED_AT });
  const cascading = acts.filter(isKnownToCascade).slice(0, ASKED_AT_ONCE);
  let done = 0;
  for (const act of cascading) {
    if (asked.signal?.aborted) break;
    const changeIds = await asked.ask(act.id);
    await noteRelated(db, { orgId, actId: act.id, changeIds, receivedAt: now });
    done += 1;
  }
  return done;
}

/** Keeps what the platform says belongs to the act of one record. Also where nothing does: then it is not asked again. */
export async function noteRelated(
  db: Database,
  related: {
    readonly orgId: string;
    readonly actId: string;
    readonly changeIds: readonly string[];
    readonly receivedAt: Date;
  },
): Promise<void> {
  const { orgId, actId } = related;
  const changeIds = [...new Set([actId, ...related.changeIds])].sort();
  await db.transaction(async (sql) => {
    await lockSessions(sql, orgId);
    await appendRelatedAct(sql, orgId, { actId, changeIds, receivedAt: related.receivedAt });
    if (changeIds.length < 2) return;
    await joinAct(sql, orgId, { actId, changeIds });
    await putHours(sql, orgId, await hoursOf(sql, orgId, changeIds));
  });
}
