import type { Sql } from '@/lib/db/sql';
import { addMs, floorToHour, HOUR_MS, type Interval } from '@/lib/kernel/instant';
import { coverageState, type HourReading } from '../model/coverage/coverage-state';
import type { Reading } from '../model/coverage/reading-digest';
import { hoursWherePathsAgree, readingsBetween, saveCoverage } from '../store/coverage/readings';

/**
 * Derives the state of every hour touched by the interval from its readings and keeps it. Can be run at any time for any
 * interval and gives the same again. `made` are all the readings that this transaction has appended, so that they need not be
 * read back. Returns how many service hours it derived.
 */
export async function deriveCoverage(
  sql: Sql,
  asked: Interval & {
    readonly orgId: string;
    readonly source: 'pull' | 'push' | 'realtime' | 'file';
    readonly made?: readonly Reading[];
  },
): Promise<number> {
  const { orgId, source, made } = asked;
  const from = floorToHour(asked.from);
  const to = addMs(floorToHour(addMs(asked.to, -1)), HOUR_MS);
  const range = { orgId, from, to };
  const agreed = new Set(
    (await hoursWherePathsAgree(sql, range)).map((one) => `${one.hour.getTime()} ${one.service}`),
  );
  const byHour = new Map<string, { service: string; hour: Date; readings: HourReading[] }>();
  const keep = (service: string, hour: Date, reading: HourReading): void => {
    const key = `${hour.getTime()} ${service}`;
    const held = byHour.get(key);
    if (held === undefined) byHour.set(key, { service, hour, readings: [reading] });
    else held.readings.push(reading);
  };
  const read = { ...range, source, committedOnly: made !== undefined };
  for (const { service, hour, reading } of await readingsBetween(sql, read)) keep(service, hour, reading);
  for (const reading of made ?? [])
    if (reading.source === source && reading.hour >= from && reading.hour < to)
      keep(reading.service, reading.hour, reading);
  const derived = [...byHour].map(([key, { service, hour, readings }]) => ({
    service,
    hour,
    derived: coverageState(hour, readings, { twoPathsAgree: agreed.has(key) }),
  }));
  await saveCoverage(sql, orgId, source, derived);
  return derived.length;
}
