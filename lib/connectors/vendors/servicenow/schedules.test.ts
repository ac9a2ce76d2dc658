import { afterEach, describe, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '@/lib/testing/scripted-http-server';
import { retryingFetch } from '../../http/retrying-fetch';
import { serviceNowSchedules } from './schedules';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function read(rows: readonly Record<string, string>[] | number) {
  const server = await startScriptedServer(() =>
    typeof rows === 'number'
      ? { status: rows, body: { error: { message: 'no', detail: '' }, status: 'failure' } }
      : { headers: { 'x-total-count': String(rows.length) }, body: { result: rows } },
  );
  servers.push(server);
  const fetch = retryingFetch({ wait: async () => {} });
  return serviceNowSchedules({
    baseUrl: server.url,
    user: 'reader',
    password: 'secret',
    fetch,
  }).readSchedules();
}

const span = (more: Record<string, string> = {}) => ({
  sys_id: 's1',
  name: 'Night',
  'schedule.name': 'Maintenance',
  'schedule.type': 'maintenance',
  'schedule.time_zone': 'Europe/Berlin',
  start_date_time: '20260104T220000',
  end_date_time: '20260105T040000',
  repeat_type: 'weekly',
  repeat_count: '1',
  days_of_week: '17',
  sys_updated_on: '2026-01-02 08:00:00',
  ...more,
});

async function ruleOf(more: Record<string, string>) {
  const answer = await read([span(more)]);
  const times = answer.kind === 'known' ? answer.value.entries[0]?.times : undefined;
  return times?.kind === 'recurring' ? times.rule : times?.kind;
}

describe('change schedules of ServiceNow', () => {
  test('a maintenance entry is a window on the clock of its schedule', async () => {
    expect(await read([span()])).toMatchObject({
      kind: 'known',
      value: {
        notRead: [],
        entries: [
          {
            kind: 'window',
            name: 'Maintenance: Night',
            zone: 'Europe/Berlin',
            times: {
              kind: 'recurring',
              start: '2026-01-04T22:00',
              minutes: 360,
              rule: 'FREQ=WEEKLY;BYDAY=MO,SU',
              except: [],
            },
            approver: null,
            sourceKey: 's1',
            since: new Date('2026-01-02T08:00:00Z'),
          },
        ],
      },
    });
  });

  test.each([
    ['daily', { repeat_type: 'daily', repeat_count: '3' }, 'FREQ=DAILY;INTERVAL=3'],
    ['weekdays', { repeat_type: 'weekdays' }, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every other day', { repeat_type: 'weekMWF' }, 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['until a day', { repeat_type: 'daily', repeat_until: '20261231' }, 'FREQ=DAILY;UNTIL=20261231'],
    ['without an end, written as zeros', { repeat_type: 'daily', repeat_until: '00000000' }, 'FREQ=DAILY'],
    ['a day of the month', { repeat_type: 'monthly', monthly_type: 'dom' }, 'FREQ=MONTHLY;BYMONTHDAY=4'],
    ['a weekday of the month', { repeat_type: 'monthly', monthly_type: 'dow' }, 'FREQ=MONTHLY;BYDAY=1SU'],
    [
      'the last weekday of the month',
      { repeat_type: 'monthly', monthly_type: 'ldow' },
      'FREQ=MONTHLY;BYDAY=-1SU',
    ],
    ['yearly', { repeat_type: 'yearly', yearly_type: 'doy' }, 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=4'],
    ['once on the clock of the schedule', { repeat_type: '' }, 'FREQ=DAILY;COUNT=1'],
    [
      'once in UTC',
      { repeat_type: '', start_date_time: '20260104T220000Z', end_date_time: '20260105T040000Z' },
      'once',
    ],
  ])('%s', async (_, more, rule) => expect(await ruleOf(more)).toBe(rule));

  test.each([
    ['a floating time zone', { 'schedule.time_zone': 'floating' }, /no time zone of its own/],
    ['a schedule of another kind', { 'schedule.type': 'excluded' }, /neither maintenance nor blackout/],
    ['an exclusion', { type: 'exclude' }, /takes time out/],
    ['a floating day of the year', { repeat_type: 'yearly', yearly_type: 'float' }, /not supported/],
    ['an end before its start', { end_date_time: '20260104T210000' }, /ends before it begins/],
    ['a start that is no time', { start_date_time: 'soon' }, /cannot be read/],
  ])('%s is left out by name', async (_, more, problem) => {
    const answer = await read([span(more), span({ 'schedule.type': 'blackout', sys_id: 's2' })]);
    expect(answer).toMatchObject({
      kind: 'known',
      value: { entries: [{ kind: 'freeze' }], notRead: [expect.stringMatching(problem)] },
    });
  });

  test('an instance that does not answer or refuses makes it not evaluated', async () => {
    for (const status of [401, 403, 500]) expect((await read(status)).kind).toBe('not_evaluated');
  });
});
