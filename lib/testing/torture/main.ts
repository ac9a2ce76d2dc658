import { parseArgs } from 'node:util';
import { seeded } from '../bench/audit-pages';
import { checkResult, type Figure } from './check-result';
import { killPostgres } from './kill-postgres';
import { killWorkers } from './kill-workers';
import { noticePlantedBreaches } from './planted-breaches';
import { setStage } from './stage';

/** The whole torture, and the round that runs with the tests. */
const FULL = { kills: 50, events: 100_000, days: null, finishLimitMs: 600_000 };
const SHORT = { kills: 5, events: 2_000, days: 91, finishLimitMs: 120_000 };
/** Of the database instead of the worker. */
const POSTGRES = { kills: 5, events: 20_000, days: 91, finishLimitMs: 300_000 };
const SAMPLED = 1_000;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    kills: { type: 'string' },
    events: { type: 'string' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

const size = values.postgres ? POSTGRES : values.short ? SHORT : FULL;
const kills = Number(values.kills ?? size.kills);
const events = Number(values.events ?? size.events);
const seed = Number(values.seed ?? Math.floor(Date.now() % 1_000_000));
const startedAt = Date.now();

console.log(
  `torture: ${kills} kills of the ${values.postgres ? 'database' : 'worker'} while it collects ${events} events and what is planted; seed ${seed}`,
);
const stage = await setStage({ events, days: size.days, now: new Date() });
process.once('SIGINT', () => void stage.close(values.keep).finally(() => process.exit(130)));
const figures: Figure[] = [];
try {
  figures.push(
    ...(await (values.postgres ? killPostgres : killWorkers)(stage, {
      kills,
      random: seeded(seed),
      finishLimitMs: size.finishLimitMs,
      say: (line) => console.log(line),
    })),
  );
  const evidence = { ...stage, seed, sampled: SAMPLED };
  figures.push(...(await checkResult(evidence)));
  figures.push(...(await noticePlantedBreaches(stage.address(), evidence)));
} finally {
  await stage.close(values.keep);
  if (values.keep) console.log(`kept: ${stage.house.folder}`);
}
for (const { name, value, breach } of figures)
  console.log(`${breach ? 'BREACH' : 'ok    '} ${name}: ${value}`);
const breaches = figures.filter((figure) => figure.breach).length;
console.log(
  `torture: ${breaches === 0 ? 'nothing lost, nothing doubled' : `${breaches} breaches`}; ${Math.round((Date.now() - startedAt) / 1000)} s; seed ${seed}`,
);
process.exit(breaches === 0 ? 0 : 1);
