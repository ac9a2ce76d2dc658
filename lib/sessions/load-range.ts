import type { Sql } from '@/lib/db/sql';
import { addMs, type Interval } from '@/lib/kernel/instant';
import type { Known } from './model/bookkeeping';
import { BULK_MIN, RUN_GAP_MS } from './model/find-runs';
import { CORRELATION_GAP_MS } from './model/group-cascades';
import { type LightChange, streamOf } from './model/light-change';
import {
  actorsInRange,
  type CorrelationSpan,
  changesInRange,
  changesOfActs,
  changesOfCorrelations,
  changesOfTransactions,
  neighboursOf,
  transactionsShared,
} from './store/read-changes';
import { stretchesOf } from './store/stretches';

/** Neighbours are read so many at a time; most runs end within the first. */
const NEIGHBOURS = 60;

/** Everything `decideGroups` asks for about a range. Within the transaction that writes its answer. */
export async function loadRange(sql: Sql, orgId: string, range: Interval): Promise<Known> {
  const inRange = await changesInRange(sql, orgId, range);
  const changes = [...inRange, ...(await sharers(sql, orgId, { inRange, range }))];
  const { context, tasks } = await reach(sql, orgId, { inRange, range });
  for (const { held } of inRange) if (held?.kind === 'bulk') tasks.add(held.sessionId);
  const stretches = await stretchesOf(sql, orgId, { sessionIds: [...tasks], outside: range });
  return { range, changes, context, stretches };
}

type Read = { readonly inRange: readonly LightChange[]; readonly range: Interval };

/** Changes elsewhere that may be of one cascade with changes of the range. */
async function sharers(sql: Sql, orgId: string, { inRange, range }: Read): Promise<LightChange[]> {
  const keys = new Set(inRange.map((change) => change.transactionKey).filter((key) => key !== null));
  const sharing = await changesOfTransactions(sql, orgId, { keys: [...keys], outside: range });
  // Who joins a transaction leaves the correlation or act it was in until then: those are looked at, too.
  const seeds = [...inRange, ...sharing];
  const actIds = new Set(seeds.map((change) => change.actId).filter((id) => id !== null));
  const found = [
    ...(await correlated(sql, orgId, { seeds, range })),
    ...(await changesOfActs(sql, orgId, [...actIds])).filter((change) => change.correlationId === null),
  ];
  const known = new Map(seeds.map((change) => [change.id, change]));
  const more = found.filter((change) => !known.has(change.id));
  // What belongs to others by a transaction that the range has nothing to do with stays where it is.
  const foreign = new Set(
    more.map((change) => change.transactionKey).filter((key) => key !== null && !keys.has(key)),
  );
  const shared = await transactionsShared(
    sql,
    orgId,
    [...foreign].filter((key) => key !== null),
  );
  for (const change of more)
    if (change.transactionKey === null || !shared.has(change.transactionKey)) known.set(change.id, change);
  for (const change of inRange) known.delete(change.id);
  return [...known.values()];
}

/** The chains of every correlation of the seeds, followed until ten minutes hold nothing of it. */
async function correlated(
  sql: Sql,
  orgId: string,
  { seeds, range }: { readonly seeds: readonly LightChange[]; readonly range: Interval },
): Promise<LightChange[]> {
  const spans = new Map<string, { from: Date; to: Date }>();
  const grow = (change: LightChange): string | null => {
    const { correlationId, at } = change;
    if (correlationId === null) return null;
    const span = spans.get(correlationId);
    if (span !== undefined && at >= span.from && at <= span.to) return null;
    spans.set(correlationId, {
      from: span === undefined || at < span.from ? at : span.from,
      to: span === undefined || at > span.to ? at : span.to,
    });
    return correlationId;
  };
  let grown = new Set(seeds.map(grow).filter((id) => id !== null));
  const found = new Map<string, LightChange>();
  while (grown.size > 0) {
    const asked = [...grown].flatMap((correlationId): CorrelationSpan[] => {
      const span = spans.get(correlationId);
      if (span === undefined) return [];
      const from = addMs(span.from, -CORRELATION_GAP_MS);
      const to = addMs(span.to, CORRELATION_GAP_MS);
      // The range itself has been read whole.
      return from >= range.from && to < range.to ? [] : [{ correlationId, from, to }];
    });
    const rows = await changesOfCorrelations(sql, orgId, asked);
    for (const row of rows) found.set(row.id, row);
    grown = new Set(rows.map(grow).filter((id) => id !== null));
  }
  return [...found.values()];
}

type Reached = { readonly context: LightChange[]; readonly tasks: Set<string> };

/** What runs of the range reach beyond its two ends: single changes, and bulk tasks by their ids. */
async function reach(sql: Sql, orgId: string, { inRange, range }: Read): Promise<Reached> {
  const reached: Reached = { context: [], tasks: new Set() };
  const edges = edgesOf(inRange);
  for (const side of ['before', 'after'] as const) {
    const border =
      side === 'before'
        ? { from: addMs(range.from, -RUN_GAP_MS), to: range.from }
        : { from: range.to, to: addMs(range.to, RUN_GAP_MS) };
    const streams = new Map(
      (await actorsInRange(sql, orgId, border)).map((actor) => [streamOf(actor), actor]),
    );
    for (const [stream, actor] of streams) {
      const edge = stream === null ? undefined : edges.get(stream)?.[side];
      if (edge !== undefined) await follow(sql, orgId, { ...actor, edge, side }, reached);
    }
  }
  return reached;
}

/** The first and the last accountable change of each actor and client. */
function edgesOf(ordered: readonly LightChange[]): Map<string, { before: LightChange; after: LightChange }> {
  const edges = new Map<string, { before: LightChange; after: LightChange }>();
  for (const change of ordered) {
    const stream = change.accountable ? streamOf(change) : null;
    if (stream !== null) edges.set(stream, { before: edges.get(stream)?.before ?? change, after: change });
  }
  return edges;
}

/**
 * Follows one run away from the range until it ends, meets a bulk task, or has steps enough to be one: where the next hours
 * are still due, their own turn goes on from there.
 */
async function follow(
  sql: Sql,
  orgId: string,
  from: {
    readonly actorId: string;
    readonly clientId: string | null;
    readonly edge: LightChange;
    readonly side: 'before' | 'after';
  },
  reached: Reached,
): Promise<void> {
  let { edge } = from;
  let steps = 0;
  for (;;) {
    const page = await neighboursOf(sql, orgId, { ...from, from: edge, limit: NEIGHBOURS });
    for (const change of page) {
      if (Math.abs(change.at.getTime() - edge.at.getTime()) > RUN_GAP_MS) return;
      const { held } = change;
      const task = held?.kind === 'bulk' ? held.sessionId : held?.stepId === change.id ? held.parentId : null;
      if (task) {
        reached.tasks.add(task);
        return;
      }
      reached.context.push(change);
      if (held?.kind !== 'cascade' || held.stepId === change.id) steps += 1;
      if (steps >= BULK_MIN) return;
      edge = change;
    }
    if (page.length < NEIGHBOURS) return;
  }
}
