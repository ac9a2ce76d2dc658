import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sha256Hex } from '@/lib/kernel/hash';
import { addMs, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import { judgedAnew, keep } from '../ingest/enrich-changes';
import { loadKnowledge } from '../ingest/load-knowledge';
import { BUILT_IN_RULES } from '../model/risk/built-in-rules';
import {
  advanceRejudge,
  type Concerning,
  changesToRejudge,
  endStage,
  hasUnmarked,
  holdRejudge,
  lastTable,
  noteTable,
  openRejudges,
  type Rejudge,
  readsWithOlderRules,
} from '../store/risk/rejudge';
import { ruleVersions } from '../store/risk/rule-facts';

/** Changes judged in one transaction: a bound on memory, and what a stop in the middle does again. */
const BATCH = 1_000;
/** Whoever began to write changes before a rule was approved is done this much later, but for collections, which are asked. */
const SETTLED_MS = 2 * MINUTE_MS;

export type JudgedAgain = {
  readonly read: number;
  readonly changed: number;
  /** Rejudgings that are not over yet: stopped, waiting for others to finish, or held by another worker. */
  readonly open: number;
};

/**
 * Judges again what approved rules, or another table of the product, may concern; nothing else is read and only what becomes
 * different is written, so counts, sessions, moves and findings follow through their own triggers.
 *
 * Batch by batch, each in its own transaction with its place, so that it can stop anywhere and go on. Rules are read anew for
 * each batch under the organisation's one open row: what an older batch wrote is never written over by older rules.
 */
export async function judgeRiskAgain(
  db: Database,
  asked: {
    readonly orgId: string;
    readonly now: () => Date;
    readonly signal?: AbortSignal;
    readonly batch?: number;
  },
): Promise<JudgedAgain> {
  const { orgId, now, signal, batch = BATCH } = asked;
  await db.transaction((sql) => noteProductTable(sql, orgId, now()));
  const total = { read: 0, changed: 0 };
  while (!signal?.aborted) {
    const step = await db.transaction((sql) => judgeBatch(sql, orgId, now(), batch));
    if (step === null) break;
    total.read += step.read;
    total.changed += step.changed;
  }
  return { ...total, open: (await openRejudges(db.sql, orgId)).length };
}

/** One batch, or the end of a stage; null when there is nothing to do now. */
async function judgeBatch(
  sql: Sql,
  orgId: string,
  now: Date,
  limit: number,
): Promise<{ readonly read: number; readonly changed: number } | null> {
  const rejudge = await holdRejudge(sql, orgId);
  if (rejudge === null || !(await isReady(sql, rejudge, now))) return null;
  const rows = await changesToRejudge(sql, rejudge, { concerning: await concerning(sql, rejudge), limit });
  const last = rows.at(-1);
  if (last === undefined) {
    await endStage(sql, rejudge, now);
    if (rejudge.stage === 'late') await journalEnd(sql, rejudge, now);
    return { read: 0, changed: 0 };
  }
  const made = await judgedAnew(rows, await loadKnowledge(sql, orgId, now));
  const changed = await keep(sql, orgId, made, now);
  const after = { eventDate: last.change.eventDate, id: last.change.id };
  await advanceRejudge(sql, rejudge.seq, { after, read: rows.length, changed });
  return { read: rows.length, changed };
}

async function isReady(sql: Sql, { stage, orgId, requestedAt }: Rejudge, now: Date): Promise<boolean> {
  if (stage === 'sweep') return true;
  return now >= addMs(requestedAt, SETTLED_MS) && !(await readsWithOlderRules(sql, orgId, requestedAt));
}

async function concerning(sql: Sql, { orgId, ruleId, version }: Rejudge): Promise<Concerning> {
  if (ruleId === null) return null;
  const versions = await ruleVersions(sql, orgId);
  const content = versions.find(({ rule }) => rule.id === ruleId && rule.version === version)?.rule;
  // One that is off fits nothing; what it judged before is marked.
  return { ruleId, content: content?.enabled ? content : null };
}

function journalEnd(sql: Sql, rejudge: Rejudge, at: Date): Promise<string> {
  return appendJournal(sql, {
    actor: SYSTEM_ACTOR,
    action: 'high_risk_rule.judged_again',
    objectType: 'high_risk_rule',
    objectId: rejudge.ruleId,
    orgId: rejudge.orgId,
    detail: {
      version: rejudge.version,
      from: toIso(rejudge.from),
      requestedAt: toIso(rejudge.requestedAt),
      read: rejudge.read,
      changed: rejudge.changed,
    },
    at,
  });
}

/** The product's own table came with another release: its organisations' changes are judged with it, and the journal says so. */
async function noteProductTable(sql: Sql, orgId: string, at: Date): Promise<void> {
  const sha256 = sha256Hex(canonicalJson(BUILT_IN_RULES.map((rule) => ({ ...rule }))));
  const before = await lastTable(sql, orgId);
  if (before === sha256) return;
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`risk table ${orgId}`]);
  if ((await lastTable(sql, orgId)) === sha256) return;
  const judge = before !== null || (await hasUnmarked(sql, orgId));
  await noteTable(sql, { orgId, sha256, at, judge });
  if (!judge) return;
  await appendJournal(sql, {
    actor: SYSTEM_ACTOR,
    action: 'high_risk_rules.product_changed',
    objectType: 'high_risk_rule',
    orgId,
    detail: { from: before, to: sha256 },
    at,
  });
}
