import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { candidatesAt, LOOKUP_REACH_MS, nameAt } from './name-at';
import { type Provenance, type Version, versionAt } from './version';

const T = (text: string) => new Date(`2026-11-${text}:00Z`);

function version(at: Date, name: string | null, more: Partial<Version> = {}): Version {
  const provenance: Provenance = more.provenance ?? 'snapshot';
  return {
    kind: 'division',
    entityId: 'd1',
    validFrom: at,
    seq: 0,
    state: 'present',
    name,
    divisionId: null,
    parentId: null,
    provenance,
    snapshotId: provenance === 'snapshot' ? 'snp_1' : null,
    changeId: provenance === 'event' ? 'c1' : null,
    toldBy: provenance === 'event' ? 'created' : null,
    ...more,
  };
}
const told = (versions: readonly Version[], at: Date) => {
  const { name, from, knownFrom } = nameAt('d1', candidatesAt(versions, at));
  return [name, from, knownFrom];
};

describe('the name at an instant', () => {
  const renamed = [version(T('10T02:00'), 'US Sales'), version(T('15T02:00'), 'US Retail')];

  it('D23: an event before a rename has the old name, one after it the new', () => {
    expect(told(renamed, T('14T23:59'))).toEqual(['US Sales', 'snapshot', '2026-11-10T02:00:00Z']);
    expect(told(renamed, T('15T02:00'))).toEqual(['US Retail', 'snapshot', '2026-11-15T02:00:00Z']);
  });

  it('D24, R25: a deleted thing has its name of the snapshot before', () => {
    const deleted = [...renamed, version(T('20T02:00'), 'US Retail', { state: 'deleted' })];
    expect(told(deleted, T('19T12:00'))).toEqual(['US Retail', 'snapshot', '2026-11-15T02:00:00Z']);
    expect(told(deleted, T('21T12:00'))).toEqual(['US Retail', 'earlier_snapshot', '2026-11-15T02:00:00Z']);
  });

  it('a later snapshot never names an earlier event', () => {
    expect(told(renamed, T('09T12:00'))).toEqual([null, 'unresolved', null]);
  });

  it('R26: what lived between two snapshots has the name of its own create record', () => {
    const brief = [
      version(T('12T09:00'), 'Pop-up', { provenance: 'event' }),
      version(T('12T17:00'), 'Pop-up', { provenance: 'event', state: 'deleted' }),
    ];
    expect(told(brief, T('12T12:00'))).toEqual(['Pop-up', 'create_event', '2026-11-12T09:00:00Z']);
    expect(told(brief, T('12T08:00'))).toEqual([null, 'unresolved', null]);
  });

  it('R26: a create record without a name leaves it unresolved', () => {
    const nameless = [version(T('12T09:00'), null, { provenance: 'event' })];
    expect(told(nameless, T('12T12:00'))).toEqual([null, 'unresolved', null]);
  });

  it('a rename told by a record counts from its instant', () => {
    const toldBy = [
      version(T('10T02:00'), 'A'),
      version(T('10T12:00'), 'B', { provenance: 'event', toldBy: 'renamed' }),
    ];
    expect(told(toldBy, T('10T13:00'))).toEqual(['B', 'record', '2026-11-10T12:00:00Z']);
  });

  it('a tombstone read from the platform names what no present version does', () => {
    const tombstone = [version(T('10T02:00'), 'Old Sales', { state: 'deleted' })];
    expect(told(tombstone, T('11T02:00'))).toEqual(['Old Sales', 'snapshot', '2026-11-10T02:00:00Z']);
  });

  it('D7: a look-up soon after names the event, one too late does not', () => {
    const asked = [version(T('12T09:05'), 'Fresh', { provenance: 'lookup' })];
    expect(told(asked, T('12T09:00'))).toEqual(['Fresh', 'platform_lookup', '2026-11-12T09:05:00Z']);
    expect(told(asked, addMs(T('12T09:05'), -LOOKUP_REACH_MS - MINUTE_MS))).toEqual([
      null,
      'unresolved',
      null,
    ]);
  });
});

const anyVersion = fc.record({
  hour: fc.integer({ min: 0, max: 200 }),
  seq: fc.integer({ min: 0, max: 2 }),
  name: fc.option(fc.constantFrom('A', 'B', 'C'), { nil: null }),
  state: fc.constantFrom<Version['state']>('present', 'deleted'),
  provenance: fc.constantFrom<Provenance>('snapshot', 'event', 'lookup'),
});
const timeline = fc
  .uniqueArray(anyVersion, { selector: (v) => `${v.hour}/${v.seq}` })
  .map((list) =>
    list.map(({ hour, name, ...more }) => version(addMs(T('01T00:00'), hour * HOUR_MS), name, more)),
  );

describe('whatever happened to an entity', () => {
  it('a name comes from a version at or before the instant, or from a look-up within reach after it', () => {
    fc.assert(
      fc.property(timeline, fc.integer({ min: 0, max: 220 }), (versions, hour) => {
        const at = addMs(T('01T00:00'), hour * HOUR_MS);
        const [name, from, knownFrom] = told(versions, at);
        if (name === null) {
          expect(from).toBe('unresolved');
          return;
        }
        const known = new Date(String(knownFrom));
        const source = versions.find((v) => v.validFrom.getTime() === known.getTime() && v.name === name);
        expect(source).toBeDefined();
        if (known > at) {
          expect(from).toBe('platform_lookup');
          expect(known.getTime() - at.getTime()).toBeLessThanOrEqual(LOOKUP_REACH_MS);
        }
      }),
    );
  });

  it('what happens later changes no name, look-ups within reach apart', () => {
    fc.assert(
      fc.property(timeline, fc.integer({ min: 0, max: 220 }), (versions, hour) => {
        const at = addMs(T('01T00:00'), hour * HOUR_MS);
        const reach = addMs(at, LOOKUP_REACH_MS);
        const until = versions.filter(
          (v) => v.validFrom <= at || (v.provenance === 'lookup' && v.validFrom <= reach),
        );
        expect(told(versions, at)).toEqual(told(until, at));
      }),
    );
  });

  it('a named present version in force is the name', () => {
    fc.assert(
      fc.property(timeline, fc.integer({ min: 0, max: 220 }), (versions, hour) => {
        const at = addMs(T('01T00:00'), hour * HOUR_MS);
        const inForce = versionAt(versions, at);
        if (inForce?.state === 'present' && inForce.name !== null)
          expect(told(versions, at)[0]).toBe(inForce.name);
      }),
    );
  });
});
