import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, contains, DAY_MS, HOUR_MS, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import { inForceAt } from '../model/window/in-force';
import { sayTimes } from '../model/window/say-times';
import { isInScope, namesObject } from '../model/window/scope';
import { WHOLE_ORGANIZATION, type WindowVersion } from '../model/window/window';
import { calendarOf } from './calendar';

const BEGIN = new Date('2026-01-01T00:00:00Z');

function version(more: Partial<WindowVersion> = {}): WindowVersion {
  return {
    orgId: 'a0000000-0000-4000-8000-000000000001',
    windowId: 'cwn_1',
    versionId: 'cwv_1',
    source: 'typed',
    sourceKey: null,
    url: null,
    kind: 'window',
    name: 'Evening',
    zone: 'Europe/Berlin',
    times: { kind: 'recurring', start: '2026-01-01T19:00', minutes: 240, rule: 'FREQ=DAILY', except: [] },
    scope: WHOLE_ORGANIZATION,
    approver: 'Priya Nair',
    ticket: null,
    withdrawn: false,
    effectiveFrom: BEGIN,
    decidedAt: BEGIN,
    decidedBy: 'Dana',
    reason: 'as agreed',
    ...more,
  };
}
const place = { service: 'Telephony', entityType: 'Trunk', divisionId: 'd1', entityId: 'e1' };
const openAt = (versions: readonly WindowVersion[], at: string) =>
  calendarOf(versions).about('window', { ...place, at: new Date(at) }).length > 0;

describe('what is open when', () => {
  it('L12: exactly at the start is inside, exactly at the end is outside, in the zone of the window', () => {
    expect(openAt([version()], '2026-01-10T17:59:59Z')).toBe(false);
    expect(openAt([version()], '2026-01-10T18:00:00Z')).toBe(true);
    expect(openAt([version()], '2026-01-10T21:59:59Z')).toBe(true);
    expect(openAt([version()], '2026-01-10T22:00:00Z')).toBe(false);
    expect(openAt([version()], '2026-07-10T17:00:00Z')).toBe(true);
  });

  it('L12: of several windows one that is open is enough', () => {
    const other = version({ windowId: 'cwn_2', versionId: 'cwv_2', zone: 'America/New_York' });
    expect(openAt([version(), other], '2026-01-11T00:30:00Z')).toBe(true);
    expect(openAt([version()], '2026-01-11T00:30:00Z')).toBe(false);
  });

  it('a change is held against the version in force when it was made, not against later or withdrawn ones', () => {
    const changed = version({
      versionId: 'cwv_2',
      effectiveFrom: new Date('2026-02-01T00:00:00Z'),
      decidedAt: new Date('2026-02-01T00:00:00Z'),
      times: { kind: 'recurring', start: '2026-01-01T06:00', minutes: 60, rule: 'FREQ=DAILY', except: [] },
    });
    const gone = version({
      versionId: 'cwv_3',
      withdrawn: true,
      effectiveFrom: new Date('2026-03-01T00:00:00Z'),
      decidedAt: new Date('2026-03-01T00:00:00Z'),
    });
    const history = [gone, version(), changed];
    expect(openAt(history, '2026-01-10T18:30:00Z')).toBe(true);
    expect(openAt(history, '2026-02-10T18:30:00Z')).toBe(false);
    expect(openAt(history, '2026-02-10T05:30:00Z')).toBe(true);
    expect(openAt(history, '2026-03-10T05:30:00Z')).toBe(false);
    expect(inForceAt(history, new Date('2026-02-10T00:00:00Z')).map((one) => one.versionId)).toEqual([
      'cwv_2',
    ]);
    expect(calendarOf(history).hasAny('window', new Date('2026-03-02T00:00:00Z'))).toBe(false);
    expect(calendarOf(history).hasAny('window', new Date('2025-12-31T00:00:00Z'))).toBe(false);
  });

  it('an occurrence is cut to the time in which its version held, and an edit that keeps it leaves it whole', () => {
    const at = new Date('2026-01-10T19:00:00Z');
    const renamed = version({ versionId: 'cwv_2', name: 'Evening work', effectiveFrom: at, decidedAt: at });
    const gone = { ...renamed, withdrawn: true };
    const range = { from: new Date('2026-01-10T12:00:00Z'), to: new Date('2026-01-11T12:00:00Z') };
    const said = (versions: readonly WindowVersion[]) =>
      calendarOf(versions)
        .occurrencesIn(range)
        .map((one) => `${one.window.name} ${toIso(one.from)} ${toIso(one.to)}`);
    expect(said([version(), renamed])).toEqual(['Evening work 2026-01-10T18:00:00Z 2026-01-10T22:00:00Z']);
    expect(said([version(), gone])).toEqual(['Evening 2026-01-10T18:00:00Z 2026-01-10T19:00:00Z']);
  });

  it('is about what its lists name; what a change does not tell fits no list', () => {
    const scope = { ...WHOLE_ORGANIZATION, services: ['Telephony'], divisions: ['D1'] };
    expect(isInScope(scope, place)).toBe(true);
    expect(isInScope(scope, { ...place, divisionId: null })).toBe(false);
    expect(isInScope(scope, { ...place, service: 'Routing' })).toBe(false);
    expect(isInScope(WHOLE_ORGANIZATION, { ...place, divisionId: null, entityId: null })).toBe(true);
    const id = 'E0000000-0000-4000-8000-0000000000AA';
    expect(
      namesObject({ ...WHOLE_ORGANIZATION, objects: [id] }, 'e0000000000040008000' + '0000000000aa'),
    ).toBe(true);
    expect(namesObject({ ...WHOLE_ORGANIZATION, objects: [id] }, null)).toBe(false);
  });

  it('X4: asking one instant and asking a range agree, whatever the rule and the versions', () => {
    const rule = fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,WE,SU', 'FREQ=HOURLY;INTERVAL=7');
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            rule,
            zone,
            minutes: fc.integer({ min: 1, max: 2_000 }),
            from: fc.integer({ min: 0, max: 400 }),
            gone: fc.boolean(),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.integer({ min: 0, max: 400 * 24 * 60 }),
        (given, minute) => {
          const versions = given.map((one, n) =>
            version({
              versionId: `cwv_${n}`,
              zone: one.zone,
              withdrawn: one.gone,
              effectiveFrom: addMs(BEGIN, one.from * DAY_MS),
              decidedAt: addMs(BEGIN, n * MINUTE_MS),
              times: {
                kind: 'recurring',
                start: '2026-01-01T19:30',
                minutes: one.minutes,
                rule: one.rule,
                except: [],
              },
            }),
          );
          const calendar = calendarOf(versions);
          const at = addMs(BEGIN, minute * MINUTE_MS);
          const near = calendar.occurrencesIn({ from: addMs(at, -HOUR_MS), to: addMs(at, HOUR_MS) });
          expect(near.some((one) => contains(one, at))).toBe(calendar.openAt(at).length > 0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is said in words, and rules that words would garble as they stand', () => {
    const times = (rule: string, minutes = 240) => ({
      kind: 'recurring' as const,
      start: '2026-01-01T22:00',
      minutes,
      rule,
      except: [],
    });
    expect(sayTimes(times('FREQ=WEEKLY;BYDAY=MO,TH'), 'Europe/Rome')).toBe(
      'Every Monday and Thursday, 22:00 to 02:00 Europe/Rome',
    );
    expect(sayTimes(times('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231'), 'UTC')).toBe(
      'Monday to Friday, until 2026-12-31, 22:00 to 02:00 UTC',
    );
    expect(sayTimes(times('FREQ=MONTHLY;BYDAY=-1SU', 3_000), 'UTC')).toBe(
      'Every last Sunday of a month, 22:00 to 00:00 (3 days later) UTC',
    );
    expect(sayTimes(times('FREQ=DAILY;COUNT=1'), 'UTC')).toBe('2026-01-01 22:00 to 2026-01-02 02:00 UTC');
    expect(sayTimes(times('FREQ=YEARLY;BYMONTH=1'), 'UTC')).toBe('FREQ=YEARLY;BYMONTH=1, 22:00 to 02:00 UTC');
  });
});
