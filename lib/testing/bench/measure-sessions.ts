import { setInterval } from 'node:timers';
import { ingestPages } from '@/lib/changes/ingest/ingest-pages';
import { addMs, DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/kernel/instant';
import { groupChanges } from '@/lib/sessions/group-changes';
import { rebuildSessions } from '@/lib/sessions/rebuild-sessions';
import type { BenchHouse } from './bench-house';
import { orgOf, perSecond } from './ingest-rounds';
import { short, table, timed } from './measured';
import { knowledgeOf, pagesInMemory, teachNames } from './organization';

const MEMORY_EVERY_MS = 20;

/** A quiet quarter with no session in it, and five people who work without a break, so that half of all is five bulk tasks. */
const HISTORIES = [
  { name: '400 people, 120 days', people: 400, org: 70, spanMs: () => 120 * DAY_MS },
  { name: '5 people, no break', people: 5, org: 71, spanMs: (events: number) => events * SECOND_MS },
] as const;

/** Grouping against ingesting the same events, a rebuild, one more page into what is grouped, and memory while grouping. */
export async function measureSessions(
  house: BenchHouse,
  plan: { readonly events: number; readonly to: Date; readonly say: (line: string) => void },
): Promise<void> {
  const rows: string[][] = [];
  for (const history of HISTORIES) {
    const orgId = orgOf(history.org);
    const from = addMs(plan.to, -history.spanMs(plan.events));
    await teachNames(house.db, orgId, from);
    const knowledge = await knowledgeOf(house.db, orgId, plan.to);
    const { people } = history;
    const pages = pagesInMemory({ orgId, count: plan.events, from, to: plan.to, seed: 300, people });
    const ingested = await timed(() => ingestPages({ db: house.db, vault: house.vault, knowledge }, pages));
    const group = () => groupChanges(house.db, { orgId, now: plan.to });
    pages.length = 0;
    const grouped = await timed(() => watchingMemory(group));
    const late = pagesInMemory({
      orgId,
      count: 500,
      from: addMs(plan.to, -HOUR_MS),
      to: plan.to,
      seed: 301,
      people,
    });
    await ingestPages({ db: house.db, vault: house.vault, knowledge }, late);
    const again = await timed(group);
    const rebuilt = await timed(() => rebuildSessions(house.db, { orgId, now: plan.to }));
    const counted = await house.db.sql.query<{ sessions: number; within: number }>(
      'select count(*) as sessions, coalesce(sum(changes) filter (where parent_id is null), 0)::int8 as within from session where org_id = $1',
      [orgId],
    );
    rows.push([
      history.name,
      perSecond(plan.events, ingested.ms),
      perSecond(plan.events, grouped.ms),
      short(grouped.ms / ingested.ms),
      short(again.ms),
      short(rebuilt.ms),
      short(grouped.result.megabytes),
      `${counted[0]?.sessions ?? 0} / ${counted[0]?.within ?? 0}`,
    ]);
    plan.say(`sessions, ${history.name}: ${short(grouped.ms)} ms to group ${plan.events} events`);
  }
  console.log(
    `\nSessions: ${plan.events.toLocaleString('en')} events\n${table(
      [
        'history',
        'ingest /s',
        'group /s',
        'group / ingest',
        '500 more, ms',
        'rebuild, ms',
        'heap + MB',
        'sessions / changes in them',
      ],
      rows,
    )}\n`,
  );
}

/** The most that the heap stood above its start while `run` worked, in megabytes. */
async function watchingMemory<T>(run: () => Promise<T>): Promise<{ megabytes: number; result: T }> {
  globalThis.gc?.();
  const start = process.memoryUsage().heapUsed;
  let peak = start;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  }, MEMORY_EVERY_MS);
  try {
    const result = await run();
    return { megabytes: (peak - start) / 1_048_576, result };
  } finally {
    clearInterval(watch);
  }
}
