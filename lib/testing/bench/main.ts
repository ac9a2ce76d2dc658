import os from 'node:os';
import { parseArgs } from 'node:util';
import { floorToDay } from '@/lib/kernel/instant';
import { openBenchHouse } from './bench-house';
import { measureIngest } from './measure-ingest';
import { measureQueries } from './measure-queries';
import { measureRelink } from './measure-relink';
import { measureSessions } from './measure-sessions';

const FULL = {
  events: 100_000,
  rounds: 3,
  batches: 3,
  changes: [500_000, 5_000_000],
  runs: 25,
  relink: 1_000_000,
};
const QUICK = { events: 10_000, rounds: 1, batches: 1, changes: [20_000, 60_000], runs: 5, relink: 20_000 };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    events: { type: 'string' },
    rounds: { type: 'string' },
    changes: { type: 'string' },
    runs: { type: 'string' },
    relink: { type: 'string' },
  },
});

const size = values.quick ? QUICK : FULL;
const plan = {
  ...size,
  events: Number(values.events ?? size.events),
  rounds: Number(values.rounds ?? size.rounds),
  runs: Number(values.runs ?? size.runs),
  relink: Number(values.relink ?? size.relink),
  changes: values.changes === undefined ? size.changes : values.changes.split(',').map(Number),
  to: floorToDay(new Date()),
  say: (line: string) => console.log(`[${Math.round(performance.now() / 1_000)} s] ${line}`),
};

/** Figures of a machine that does other work at the same time are the other work's, too: ratios hold better than rates. */
function busy(): string {
  const [minute = 0] = os.loadavg();
  return `${os.availableParallelism()} cores, load ${minute.toFixed(1)} (other work included)`;
}

plan.say(`begins: ${busy()}`);
for (const [part, measure] of [
  ['ingest', measureIngest],
  ['sessions', measureSessions],
  ['relink', measureRelink],
  ['queries', measureQueries],
] as const) {
  if (values.only !== undefined && values.only !== part) continue;
  const house = await openBenchHouse();
  const stop = (): void => void house.close(true).finally(() => process.exit(130));
  process.once('SIGINT', stop);
  try {
    await measure(house, plan);
  } finally {
    process.removeListener('SIGINT', stop);
    await house.close();
  }
}
plan.say(`done: ${busy()}`);
