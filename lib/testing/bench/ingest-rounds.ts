import { ingestPages } from '@/lib/changes/ingest/ingest-pages';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { BenchHouse } from './bench-house';
import { type Baselines, copyBaselines } from './copy-baselines';
import { timed } from './measured';
import { knowledgeOf, pagesInMemory, teachNames } from './organization';

/** Batches at work at once; the collector's own number for files. */
const LANES = 2;

export type IngestRound = Baselines & {
  readonly events: number;
  readonly ms: number;
  readonly pageMegabytes: number;
};

/** Several rounds of the whole way from page bytes in memory to commit, each followed by COPY of what it left. */
export async function ingestRounds(
  house: BenchHouse,
  plan: {
    readonly events: number;
    readonly rounds: number;
    readonly to: Date;
    readonly say: (line: string) => void;
  },
): Promise<IngestRound[]> {
  const rounds: IngestRound[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    const orgId = orgOf(round * 2);
    const from = addMs(plan.to, -120 * DAY_MS);
    const pages = pagesInMemory({ orgId, count: plan.events, from, to: plan.to, seed: 100 + round });
    await teachNames(house.db, orgId, from);
    const knowledge = await knowledgeOf(house.db, orgId, plan.to);
    await house.owner.query('checkpoint');
    const { ms, result } = await timed(() =>
      ingestPages({ db: house.db, vault: house.vault, knowledge }, pages, { lanes: LANES }),
    );
    if (result.newRecords !== plan.events)
      throw new Error(`${result.newRecords} of ${plan.events} events came in`);
    const baselines = await copyBaselines(house, orgId, orgOf(round * 2 + 1));
    const pageMegabytes = pages.reduce((sum, page) => sum + page.bytes.length, 0) / 1_048_576;
    rounds.push({ ...baselines, events: plan.events, ms, pageMegabytes });
    plan.say(
      `ingest round ${round + 1}/${plan.rounds}: ${perSecond(plan.events, ms)} events/s; bare COPY ${perSecond(plan.events, baselines.bareMs)}; indexed COPY ${perSecond(plan.events, baselines.indexedMs)}`,
    );
  }
  return rounds;
}

/** Milliseconds for one load of events of the same organisation, for the growth figure. */
export async function ingestOnce(
  house: BenchHouse,
  plan: {
    readonly orgId: string;
    readonly events: number;
    readonly seed: number;
    readonly from: Date;
    readonly to: Date;
  },
): Promise<number> {
  const pages = pagesInMemory({ ...plan, count: plan.events });
  const knowledge = await knowledgeOf(house.db, plan.orgId, plan.to);
  await house.owner.query('checkpoint');
  const { ms } = await timed(() =>
    ingestPages({ db: house.db, vault: house.vault, knowledge }, pages, { lanes: LANES }),
  );
  return ms;
}

export function orgOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function perSecond(events: number, ms: number): string {
  return Math.round((events / ms) * 1_000).toLocaleString('en');
}
