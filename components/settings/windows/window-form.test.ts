import { expect, test } from 'vitest';
import {
  bodyOf,
  emptyForm,
  formOf,
  formProblems,
  minutesBetween,
  timesOfForm,
  type WindowForm,
} from './window-form';

const NOW = new Date('2026-11-30T12:00:00Z');
const form = (more: Partial<WindowForm> = {}): WindowForm => ({
  ...emptyForm('Europe/Berlin', NOW),
  name: 'Night',
  ...more,
});

test.each<[string, Partial<WindowForm>, object]>([
  ['every day', { repeats: 'daily' }, { rule: 'FREQ=DAILY', minutes: 360, start: '2026-11-30T22:00' }],
  [
    'on chosen days, in the order of the week',
    { repeats: 'weekly', days: ['TH', 'MO'] },
    { rule: 'FREQ=WEEKLY;BYDAY=MO,TH' },
  ],
  [
    'until a day',
    { repeats: 'weekdays', until: '2026-12-31' },
    { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231' },
  ],
  ['every last Sunday', { repeats: 'monthly', nth: '-1', nthDay: 'SU' }, { rule: 'FREQ=MONTHLY;BYDAY=-1SU' }],
  [
    'by a rule',
    { repeats: 'expert', rule: ' FREQ=DAILY;COUNT=3 ', minutes: '90' },
    { rule: 'FREQ=DAILY;COUNT=3', minutes: 90 },
  ],
  [
    'once, by the clock of its zone',
    { repeats: 'once', from: '2026-07-01T22:00', to: '2026-07-02T01:00' },
    { kind: 'once', from: '2026-07-01T20:00:00Z', to: '2026-07-01T23:00:00Z' },
  ],
])('%s', (_, more, times) => {
  expect(formProblems(form(more))).toEqual({});
  expect(timesOfForm(form(more))).toMatchObject(times);
});

test('a local time that the clocks skip is refused before it is sent, and so is an end before its start', () => {
  expect(formProblems(form({ repeats: 'once', from: '2026-03-29T02:30', to: '2026-03-29T05:00' }))).toEqual({
    from: 'The clocks of Europe/Berlin skip this time.',
  });
  expect(
    formProblems(form({ repeats: 'once', from: '2026-03-30T02:30', to: '2026-03-30T02:30' })),
  ).toHaveProperty('to');
  expect(formProblems(form({ repeats: 'weekly', days: [], name: ' ' }))).toMatchObject({
    days: 'Choose at least one day.',
    name: 'A name is needed.',
  });
});

test('lengths go to the next time the clock shows the end', () => {
  expect([
    minutesBetween('22:00', '04:00'),
    minutesBetween('08:00', '08:00'),
    minutesBetween('09:00', '17:30'),
  ]).toEqual([360, 1440, 510]);
});

test('lists are split, and what is not given is left out', () => {
  expect(
    bodyOf(form({ repeats: 'daily', services: 'Architect, Telephony, Architect', objects: 'a\n\nb' })),
  ).toMatchObject({
    scope: { divisions: [], services: ['Architect', 'Telephony'], entityTypes: [], objects: ['a', 'b'] },
  });
  expect(bodyOf(form({ repeats: 'daily' }))).not.toHaveProperty('approver');
});

test('a window that is changed comes back as it was', () => {
  const times = {
    kind: 'recurring' as const,
    start: '2026-01-05T22:00',
    minutes: 360,
    rule: 'FREQ=WEEKLY;BYDAY=MO',
    except: ['2026-01-12T22:00'],
  };
  const back = formOf(
    {
      kind: 'freeze',
      name: 'Night',
      zone: 'Europe/Berlin',
      scope: { divisions: ['d1'], services: [], entityTypes: [], objects: ['o1', 'o2'] },
      approver: 'Priya',
      ticket: null,
      source: 'typed',
      url: null,
      versionId: 'cwv_1',
      times,
      when: '',
      withdrawn: false,
      effectiveFrom: '2026-01-01T00:00:00Z',
      decidedAt: '2026-01-01T00:00:00Z',
      decidedBy: 'Dana',
      reason: '',
    },
    NOW,
  );
  expect(timesOfForm(back)).toEqual(times);
  expect(bodyOf(back)).toMatchObject({
    kind: 'freeze',
    scope: { divisions: ['d1'], objects: ['o1', 'o2'] },
    approver: 'Priya',
  });
});
