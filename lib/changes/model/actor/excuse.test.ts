import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { restRecord } from '../../fixtures/records';
import type { Accountability, NormalisedChange } from '../record/change';
import { normalise } from '../record/normalise';
import { type Judged, type NoiseMatcher, type NoisePeriod, underNoise } from './excuse';

const AT = '2026-03-02T10:00:00Z';
const COUNTS: Accountability = { accountable: true, excludedReason: null };
const EXCUSED: Accountability = { accountable: false, excludedReason: 'excused' };

function change(parts: Parameters<typeof restRecord>[1] = {}): NormalisedChange {
  const made = normalise(restRecord(1, { eventDate: AT, ...parts }));
  if (made.kind !== 'change') throw new Error('unreadable');
  return made.change;
}

function always(...noise: (string | NoiseMatcher)[]): NoisePeriod[] {
  return [{ from: new Date(0), to: null, noise }];
}

const judged = (parts: Partial<Judged> = {}): Judged => ({ risk: 1, actorNames: ['HR Sync'], ...parts });

describe('platform noise', () => {
  const one = change();
  test.each<[string, string | NoiseMatcher, boolean]>([
    ['the name of the actor, whatever its case', 'hr sync', true],
    ['the id of the actor', one.actorId ?? '', true],
    ['another name', 'Terraform', false],
    ['service and action', { service: one.service, action: one.action }, true],
    ['one part that does not fit', { service: one.service, action: 'Vanish' }, false],
    ['a property it does not change', { actor: 'HR Sync', property: 'nothing' }, false],
    ['a matcher that says nothing', {}, false],
  ])('L15: %s', (_, noise, excused) => {
    expect(underNoise(one, COUNTS, { noise: always(noise), judged: judged() })).toEqual(
      excused ? EXCUSED : COUNTS,
    );
  });

  test('L15: it holds from its start to its end, by the time of the event', () => {
    const period = (from: string, to: string | null) => [
      { from: new Date(from), to: to === null ? null : new Date(to), noise: ['HR Sync'] },
    ];
    const under = (noise: NoisePeriod[]) => underNoise(one, COUNTS, { noise, judged: judged() });
    expect(under(period(AT, null))).toEqual(EXCUSED);
    expect(under(period('2026-03-02T10:00:01Z', null))).toEqual(COUNTS);
    expect(under(period('2026-03-01T00:00:00Z', AT))).toEqual(COUNTS);
  });

  test('L16: nothing of high or critical risk is excused, and no other reason is replaced, whatever the policy says', () => {
    const reason = fc.constantFrom(null, 'platform', 'genesys_internal', 'failure', 'read');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), reason, (risk, excludedReason) => {
        const before = { accountable: excludedReason === null, excludedReason } as const;
        const after = underNoise(one, before, { noise: always('HR Sync'), judged: judged({ risk }) });
        expect(after).toEqual(excludedReason === null && risk < 3 ? EXCUSED : before);
      }),
    );
  });
});
