import { describe, expect, test } from 'vitest';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import { bucketsFor, doorQuery, isHighImpact, itemQuery, readRateState, withNarrowing } from './rate-state';

const range = { from: new Date('2026-11-01T05:00:00Z'), to: new Date('2026-11-30T00:00:00Z') };
const params = (text: string) => new URLSearchParams(text);

describe('what the page of the rate shows', () => {
  test('says nothing: by service, by day, as it stands', () => {
    expect(readRateState(params(''), range)).toEqual({
      filter: { service: [], team: [], actor: [], division: [] },
      by: 'service',
      bucket: 'day',
      asOf: null,
      cursor: null,
    });
  });

  test('takes only words that exist and buckets that can be read', () => {
    const state = readRateState(
      params('by=weather&bucket=hour&asOf=yesterday&team=unknown&team=unknown'),
      range,
    );
    expect(state).toMatchObject({ by: 'service', bucket: 'day', asOf: null, filter: { team: ['unknown'] } });
    expect(bucketsFor({ from: range.from, to: new Date('2026-11-02T05:00:00Z') })).toEqual(['hour', 'day']);
    expect(bucketsFor({ from: new Date('2025-01-01T00:00:00Z'), to: range.to })).toEqual(['week', 'month']);
  });

  test('R17: a door carries the filter and the instant; a day that the period cuts keeps the period’s end', () => {
    const state = readRateState(params('service=Architect&asOf=2026-11-20T10:00:00Z'), range);
    expect(doorQuery(state, itemQuery('division', 'unknown', range))).toMatchObject({
      service: ['Architect'],
      asOf: '2026-11-20T10:00:00Z',
      division: ['unknown'],
    });
    expect(itemQuery('day', '2026-11-01', range)).toEqual({
      from: '2026-11-01T05:00:00Z',
      to: '2026-11-02T00:00:00Z',
    });
  });

  test('R4: the preset is pressed when its services are set, and can be narrowed service by service', () => {
    const pressed = withNarrowing(params('cursor=x&period=7d'), 'service', HIGH_IMPACT_SERVICES);
    expect(pressed.get('cursor')).toBeNull();
    expect(isHighImpact(readRateState(pressed, range))).toBe(true);
    const fewer = withNarrowing(pressed, 'service', HIGH_IMPACT_SERVICES.slice(1));
    expect(isHighImpact(readRateState(fewer, range))).toBe(false);
  });
});
