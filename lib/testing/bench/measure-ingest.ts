import type { BenchHouse } from './bench-house';
import { ingestParts, vaultAlone } from './ingest-parts';
import { type IngestRound, ingestRounds, perSecond } from './ingest-rounds';
import { median, short, table } from './measured';

export type IngestPlan = {
  readonly events: number;
  readonly rounds: number;
  readonly batches: number;
  readonly to: Date;
  readonly say: (line: string) => void;
};

/** Ingest against bare and indexed COPY of the same rows, and where its time goes. */
export async function measureIngest(house: BenchHouse, plan: IngestPlan): Promise<void> {
  const rounds = await ingestRounds(house, plan);
  const of = (name: string, unit: string, value: (round: IngestRound) => number, target = ''): string[] => {
    const runs = rounds.map(value);
    return [name, unit, short(Math.min(...runs)), short(median(runs)), short(Math.max(...runs)), target];
  };
  const rate = (ms: (round: IngestRound) => number) => (round: IngestRound) =>
    (round.events / ms(round)) * 1_000;
  console.log(
    `\nIngest: ${rounds.length} rounds of ${plan.events.toLocaleString('en')} events, page bytes in memory to commit, two lanes, names of the moment asked\n${table(
      ['figure', 'unit', 'min', 'median', 'max', 'good / ambitious'],
      [
        of(
          'ingest',
          'events/s',
          rate((round) => round.ms),
        ),
        of(
          'COPY, logged, no index',
          'events/s',
          rate((round) => round.bareMs),
        ),
        of(
          'COPY, same partitions and indexes',
          'events/s',
          rate((round) => round.indexedMs),
        ),
        of('ingest / COPY without index', 'ratio', (round) => round.bareMs / round.ms, '0.20 / 0.30'),
        of('ingest / COPY with indexes', 'ratio', (round) => round.indexedMs / round.ms, '0.65 / 0.80'),
        of('rows left per event', 'rows', (round) => round.rows / round.events),
        of('rows as text', 'bytes/event', (round) => (round.megabytes * 1_048_576) / round.events),
        of('page bytes', 'bytes/event', (round) => (round.pageMegabytes * 1_048_576) / round.events),
      ],
    )}\n`,
  );
  const parts = await ingestParts(house, plan);
  const vaultMs = await vaultAlone(house, { events: parts.events, to: plan.to });
  const perThousand = (ms: number): string => short((ms / parts.events) * 1_000);
  const share = (ms: number): string => `${Math.round((100 * ms) / parts.totalMs)} %`;
  console.log(
    `Parts of one run, one lane, ${parts.events.toLocaleString('en')} events (${perSecond(parts.events, parts.totalMs)} events/s)\n${table(
      ['part', 'ms per 1,000', 'share'],
      [
        ...parts.parts.map(({ name, ms }) => [name, perThousand(ms), share(ms)]),
        ['whole', perThousand(parts.totalMs), '100 %'],
        [
          'of the insert: triggers that keep the rollups',
          perThousand(parts.triggersMs),
          share(parts.triggersMs),
        ],
        ['beside it, on other threads: gzip and vault, alone', perThousand(vaultMs), share(vaultMs)],
      ],
    )}\n`,
  );
}
