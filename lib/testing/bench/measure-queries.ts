import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { BenchHouse } from './bench-house';
import { ingestOnce, orgOf, perSecond } from './ingest-rounds';
import { percentile, short, table, timed } from './measured';
import { teachNames } from './organization';
import { pageQueries, type QueryClass, type QueryTimes, timeQueries } from './page-queries';
import { coverYear, growTo, judgeTemplate } from './seed-history';

export type QueryPlan = {
  readonly events: number;
  readonly changes: readonly number[];
  readonly runs: number;
  readonly to: Date;
  readonly say: (line: string) => void;
};

/** Targets at the 95th percentile in milliseconds (good, ambitious), over HTTP. */
const TARGETS: Readonly<Record<QueryClass, readonly [number, number]>> = {
  'first screen': [50, 20],
  'facets and rankings': [150, 50],
  'name search': [50, 20],
};

/** Page queries at each size, and how fast ingest still is at the end. */
export async function measureQueries(house: BenchHouse, plan: QueryPlan): Promise<void> {
  const orgId = orgOf(1);
  const from = addMs(plan.to, -364 * DAY_MS);
  const events = Math.min(plan.events, Math.floor((plan.changes[0] ?? plan.events) / 2));
  await house.db.sql.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Bench', 'bench', $2)`,
    [orgId, plan.to],
  );
  await teachNames(house.db, orgId, from);
  const firstMs = await ingestOnce(house, { orgId, events, seed: 1, from, to: plan.to });
  plan.say(`ingest into an empty database: ${perSecond(events, firstMs)} events/s`);
  await judgeTemplate(house.owner, orgId);
  await coverYear(house.owner, orgId, plan.to);
  const bySize: QueryTimes[][] = [];
  let factor = 1;
  for (const target of plan.changes) {
    const grown = await timed(() =>
      growTo(house, { orgId, template: events, before: factor, target, to: plan.to }),
    );
    factor = grown.result;
    plan.say(`${target.toLocaleString('en')} changes seeded in ${Math.round(grown.ms / 1_000)} s`);
    bySize.push(await timeQueries(await pageQueries(house, { orgId, to: plan.to }), plan.runs));
    plan.say(`queries measured at ${target.toLocaleString('en')}`);
  }
  const lastMs = await ingestOnce(house, { orgId, events, seed: 2, from, to: plan.to });
  printQueries(plan, bySize);
  const rate = table(
    ['ingest, two lanes', 'events/s'],
    [
      ['first, into an empty database', perSecond(events, firstMs)],
      [`last, after ${plan.changes.at(-1)?.toLocaleString('en')} changes`, perSecond(events, lastMs)],
      ['last / first (0.8 good, 0.95 ambitious)', short(firstMs / lastMs)],
    ],
  );
  console.log(`\nGrowth\n${rate}\n`);
}

function printQueries(plan: QueryPlan, bySize: readonly QueryTimes[][]): void {
  const [small = [], large = small] = [bySize[0] ?? [], bySize.at(-1)];
  const sizes = [plan.changes[0] ?? 0, plan.changes.at(-1) ?? 0].map((size) => `${short(size / 1e6)}M`);
  const rows = large.map((query, index) => {
    const before = small[index]?.ms ?? [];
    const [good, ambitious] = TARGETS[query.class];
    const p95 = percentile(query.ms, 0.95);
    return [
      query.name,
      short(percentile(before, 0.5)),
      short(percentile(before, 0.95)),
      short(percentile(query.ms, 0.5)),
      short(p95),
      short(percentile(query.ms, 0.5) / percentile(before, 0.5)),
      String(query.ms.length),
      `${good} / ${ambitious}`,
      p95 <= ambitious ? 'ambitious' : p95 <= good ? 'good' : 'missed',
    ];
  });
  console.log(
    `\nPage queries as a viewer, one at a time, ms\n${table(
      [
        'query',
        `p50 ${sizes[0]}`,
        `p95 ${sizes[0]}`,
        `p50 ${sizes[1]}`,
        `p95 ${sizes[1]}`,
        'p50 ratio',
        'runs',
        'target p95',
        '',
      ],
      rows,
    )}`,
  );
}
