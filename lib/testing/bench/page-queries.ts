import type { Viewer } from '@/lib/auth/viewer';
import { viewChange } from '@/lib/changes/views/change-detail';
import { viewVolume } from '@/lib/changes/views/change-volume';
import { viewFacets } from '@/lib/changes/views/count-changes';
import { viewCoverage } from '@/lib/changes/views/coverage';
import { viewChanges } from '@/lib/changes/views/list-changes';
import { viewTimeline } from '@/lib/changes/views/timeline/timeline';
import type { Sql } from '@/lib/db/sql';
import { encodeCursor } from '@/lib/kernel/cursor';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import { viewUnlinkedRate } from '@/lib/linking/views';
import { viewRateBreakdown } from '@/lib/linking/views/rate-breakdown';
import type { BenchHouse } from './bench-house';
import { timed } from './measured';

const WARM_UP = 3;
/** A query that takes seconds is told from fewer runs: the bench must end. */
const LIMIT_MS = 15_000;
const FEWEST_RUNS = 3;

/** What a figure is held against (milliseconds at the 95th percentile). */
export type QueryClass = 'first screen' | 'facets and rankings' | 'name search';

export type PageQuery = {
  readonly name: string;
  readonly class: QueryClass;
  readonly run: () => Promise<unknown>;
};
export type QueryTimes = {
  readonly name: string;
  readonly class: QueryClass;
  readonly ms: readonly number[];
};

/** The reads behind the pages, by the very views that pages call, as the role and through the row security that viewers have. */
export async function pageQueries(
  house: BenchHouse,
  asked: { readonly orgId: string; readonly to: Date },
): Promise<PageQuery[]> {
  const { orgId, to } = asked;
  const viewer: Viewer = { kind: 'person', id: 'usr_bench', name: 'Bench', role: 'officer', orgIds: [orgId] };
  const world = { db: house.db, now: to };
  const since = (days: number): { from: string; to: string } => ({
    from: toIso(addMs(to, -days * DAY_MS)),
    to: toIso(to),
  });
  const sample = await samplesOf(house.owner, orgId, to);
  const list = (
    name: string,
    query: Parameters<typeof viewChanges>[1],
    kind: QueryClass = 'first screen',
  ): PageQuery => ({
    name,
    class: kind,
    run: () => viewChanges(viewer, { limit: 50, ...query }, world),
  });
  return [
    list('changes, newest 50', {}),
    list('changes, newest 50 of 30 d', since(30)),
    list('changes, keyset page in the middle', { cursor: sample.cursor }),
    list('high and critical risk, newest 50', { risk: ['high', 'critical'] }),
    list('unlinked, newest 50 of 30 d', { ...since(30), linkage: ['unlinked'] }),
    list('one actor, newest 50', { actor: [sample.actorId] }),
    list('one target, newest 50', { entity: [sample.entityId] }),
    {
      name: 'one change in detail',
      class: 'first screen',
      run: () => viewChange(viewer, { id: sample.id }, world),
    },
    {
      name: 'unlinked change rate, 90 d by day',
      class: 'first screen',
      run: () => viewUnlinkedRate(viewer, { ...since(90), bucket: 'day' }, world),
    },
    {
      name: 'unlinked change rate, 12 months by week',
      class: 'first screen',
      run: () => viewUnlinkedRate(viewer, { ...since(364), bucket: 'week' }, world),
    },
    ...(['service', 'actor', 'team'] as const).map((by) => ({
      name: `unlinked change rate by ${by}, 30 d`,
      class: 'facets and rankings' as const,
      run: () => viewRateBreakdown(viewer, { ...since(30), by, limit: 12 }, world),
    })),
    {
      name: 'unlinked change rate by actor in one service, 12 months',
      class: 'facets and rankings',
      run: () =>
        viewRateBreakdown(viewer, { ...since(364), by: 'actor', service: ['Architect'], limit: 12 }, world),
    },
    {
      name: 'volume, 30 d by day',
      class: 'first screen',
      run: () => viewVolume(viewer, { ...since(30), bucket: 'day' }, world),
    },
    {
      name: 'timeline, 30 d',
      class: 'facets and rankings',
      run: () => viewTimeline(viewer, { ...since(30), accountable: 'true' }, world),
    },
    {
      name: 'timeline, 5 d by hour',
      class: 'facets and rankings',
      run: () =>
        viewTimeline(viewer, { ...since(5), accountable: 'true', draw: 'bins', grain: 'hour' }, world),
    },
    {
      name: 'timeline, 12 months by day (the strip)',
      class: 'facets and rankings',
      run: () =>
        viewTimeline(viewer, { ...since(364), accountable: 'true', draw: 'bins', grain: 'day' }, world),
    },
    { name: 'coverage, 30 d', class: 'first screen', run: () => viewCoverage(viewer, since(30), world) },
    { name: 'facets, 30 d', class: 'facets and rankings', run: () => viewFacets(viewer, since(30), world) },
    {
      name: 'facets, 12 months',
      class: 'facets and rankings',
      run: () => viewFacets(viewer, since(364), world),
    },
    {
      name: 'facets of one actor, 90 d',
      class: 'facets and rankings',
      run: () => viewFacets(viewer, { ...since(90), actor: [sample.actorId] }, world),
    },
    list('name search, one thing, newest 50', { q: sample.rareName }, 'name search'),
    list('name search, a person, newest 50', { q: sample.actorName }, 'name search'),
    list('name search, a common word, newest 50', { q: 'Queue' }, 'name search'),
    list('name search, no such name', { q: 'zzzz-nothing' }, 'name search'),
  ];
}

/** Each query so many times, one at a time, or fewer when it is slow; the first few are not counted. */
export async function timeQueries(queries: readonly PageQuery[], runs: number): Promise<QueryTimes[]> {
  const times: QueryTimes[] = [];
  for (const query of queries) {
    const ms: number[] = [];
    let spent = 0;
    for (let run = -WARM_UP; run < runs; run++) {
      const { ms: took } = await timed(query.run);
      if (run >= 0) ms.push(took);
      spent += took;
      if (spent > LIMIT_MS && ms.length >= FEWEST_RUNS) break;
    }
    times.push({ name: query.name, class: query.class, ms });
  }
  return times;
}

type Samples = {
  readonly id: string;
  readonly cursor: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly entityId: string;
  readonly rareName: string;
};

/** A change in the middle of the year, a person and a thing of it: the same at every size. */
async function samplesOf(owner: Sql, orgId: string, to: Date): Promise<Samples> {
  const rows = await owner.query<{
    id: string;
    at: Date;
    actorId: string;
    actorName: string;
    entityId: string;
    name: string;
  }>(
    `select c.id, c.event_date as at, c.actor_id as "actorId", c.actor_label as "actorName", c.entity_id as "entityId", c.entity_label as name from bench_seed.change c
     where c.org_id = $1 and c.event_date > $2::timestamptz and c.actor_label is not null and c.entity_label like 'Queue %' order by c.event_date, c.id limit 1`,
    [orgId, addMs(to, -182 * DAY_MS)],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('no change to look at');
  const { id, actorId, actorName, entityId } = row;
  return { id, actorId, actorName, entityId, rareName: row.name, cursor: encodeCursor([toIso(row.at), id]) };
}
