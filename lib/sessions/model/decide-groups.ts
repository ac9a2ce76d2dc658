import { contains } from '@/lib/kernel/instant';
import { Bookkeeping, type Decided, type Known } from './bookkeeping';
import { type BulkTask, bulkTaskOf } from './bulk-task';
import { findRuns, type Point, type RunItem } from './find-runs';
import { type Cascade, groupCascades } from './group-cascades';
import { type LightChange, streamOf } from './light-change';

/**
 * Which sessions there are in a range, and what that changes: the whole decision of one pass, from what is known.
 *
 * The result for the range and for every cascade it touches is that of grouping all changes at once. Where a cascade that
 * was touched reaches other hours, those are named in `again`, since their bursts may now count other steps.
 */
export function decideGroups(known: Known): Decided {
  const cascades = groupCascades(known.changes);
  const books = new Bookkeeping(known, cascades);
  for (const items of streamsOf(known, books).values())
    for (const run of findRuns(items)) {
      const task = bulkTaskOf(run);
      if (task !== null) books.addTask(task);
      for (const item of run.items) settle(item, task, books);
    }
  return books.decided();
}

function settle(item: RunItem, task: BulkTask | null, books: Bookkeeping): void {
  const to = task?.id ?? null;
  if (item.kind === 'stretch') books.moveStretch(item, to);
  else if (item.cascadeId === null) books.assign(item.change, to);
  else if (item.opensStep) books.nest(item.cascadeId, to);
}

/** The points and stretches of each actor and client. */
function streamsOf(known: Known, books: Bookkeeping): Map<string, RunItem[]> {
  const streams = new Map<string, RunItem[]>();
  const add = (stream: string, item: RunItem): void => {
    const items = streams.get(stream);
    if (items === undefined) streams.set(stream, [item]);
    else items.push(item);
  };
  for (const { stream, ...stretch } of known.stretches) add(stream, stretch);
  const points = new Map<string, LightChange>();
  for (const change of known.changes) if (contains(known.range, change.at)) points.set(change.id, change);
  for (const change of known.context) points.set(change.id, change);
  for (const change of points.values()) {
    const stream = change.accountable ? streamOf(change) : null;
    if (stream === null) continue;
    if (contains(known.range, change.at) || !isCovered(stream, change, known))
      add(stream, pointOf(change, books));
  }
  return streams;
}

/** What a stretch covers it has counted, or will count when its hour's turn comes. */
function isCovered(stream: string, { at }: LightChange, { stretches }: Known): boolean {
  return stretches.some((one) => one.stream === stream && at >= one.first.at && at <= one.lastAt);
}

function pointOf(change: LightChange, books: Bookkeeping): Point {
  const cascade: Cascade | undefined = books.cascadeOf(change.id);
  if (cascade !== undefined)
    return { kind: 'point', change, opensStep: cascade.step?.id === change.id, cascadeId: cascade.id };
  const { held } = change;
  // A cascade that this range does not touch is as its own row tells.
  if (held?.kind === 'cascade' && !books.isDecided(change.id))
    return { kind: 'point', change, opensStep: held.stepId === change.id, cascadeId: held.sessionId };
  return { kind: 'point', change, opensStep: true, cascadeId: null };
}
