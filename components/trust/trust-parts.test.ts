import { describe, expect, it } from 'vitest';
import type { CoverageDto, CoverageHourDto } from '@/lib/changes/contract';
import type { CoverageState } from '@/lib/kernel/words';
import { trustParts } from './trust-parts';

const NOW = new Date('2026-11-20T14:22:31Z');

const hour = (at: string, state: CoverageState, quarantined = 0): CoverageHourDto => ({
  hour: at,
  state,
  basis: null,
  records: 0,
  services: 1,
  quarantined,
  because: null,
});
const coverage = (
  readTo: string | null,
  hours: readonly CoverageHourDto[] = [],
  completeTo: string | null = null,
): CoverageDto => ({
  from: '2026-10-22T00:00:00Z',
  to: '2026-11-21T00:00:00Z',
  hours,
  totals: { pending: 0, provisional: 0, complete: 0, late_complete: 0, gap: 0, not_evaluated: 0 },
  services: ['Directory'],
  appendOnlyEnforced: true,
  readTo,
  completeTo,
});
const say = (answer: CoverageDto, zone = 'UTC') => trustParts(answer, NOW, zone).map((part) => part.text);

describe('the trust line', () => {
  it('says to when the data was read, with its zone', () => {
    expect(say(coverage('2026-11-20T14:00:00Z'))).toEqual(['Read to 14:00Z', 'ledger not sealed']);
    expect(say(coverage('2026-11-20T14:00:00Z'), 'Europe/Rome')[0]).toBe('Read to 15:00+01:00');
    expect(say(coverage('2026-11-18T03:00:00Z'))[0]).toBe('Read to 2026-11-18 03:00Z');
  });

  it.each([
    ['fresh data is a pass', '2026-11-20T14:00:00Z', 'pass', 'plain'],
    ['late data is no pass, and amber', '2026-11-20T10:00:00Z', 'not_evaluated', 'warn'],
    ['data a day old is red', '2026-11-19T10:00:00Z', 'fail', 'bad'],
    ['nothing collected is unknown, never a pass', null, 'not_evaluated', 'warn'],
  ] as const)('%s', (_name, readTo, outcome, tone) => {
    expect(trustParts(coverage(readTo), NOW, 'UTC')[0]).toMatchObject({ outcome, tone });
  });

  it('tells what is complete apart from what was read once and may still grow', () => {
    const answer = coverage('2026-11-20T14:00:00Z', [], '2026-11-18T12:00:00Z');
    expect(say(answer).slice(0, 2)).toEqual(['Read to 14:00Z', 'complete to 2026-11-18 12:00Z']);
    expect(trustParts(answer, NOW, 'UTC')[1]).toMatchObject({ outcome: 'pass', tone: 'plain' });
  });

  it('hours that stay open for days are no pass', () => {
    const answer = coverage('2026-11-20T14:00:00Z', [], '2026-11-12T12:00:00Z');
    expect(trustParts(answer, NOW, 'UTC')[1]).toMatchObject({ outcome: 'not_evaluated', tone: 'warn' });
  });

  it('X1: names the missing hours and their day, and opens them', () => {
    const answer = coverage('2026-11-20T14:00:00Z', [
      hour('2026-11-03T09:00:00Z', 'gap'),
      hour('2026-11-03T10:00:00Z', 'gap'),
    ]);
    const missing = trustParts(answer, NOW, 'UTC')[1];
    expect(missing?.text).toBe('2 hours missing on 3 Nov');
    expect(missing?.outcome).toBe('fail');
    expect(missing?.to.query).toEqual({ cell: '2026-11-03T09:00:00Z' });
  });

  it('counts the days when more than one has missing hours', () => {
    const answer = coverage('2026-11-20T14:00:00Z', [
      hour('2026-11-03T09:00:00Z', 'gap'),
      hour('2026-11-05T10:00:00Z', 'gap'),
    ]);
    expect(say(answer)[1]).toBe('2 hours missing on 2 days');
  });

  it('tells hours that may not be read apart from missing ones, and names quarantined records', () => {
    const answer = coverage('2026-11-20T14:00:00Z', [
      hour('2026-11-03T09:00:00Z', 'not_evaluated'),
      hour('2026-11-03T10:00:00Z', 'complete', 3),
    ]);
    expect(say(answer).slice(1, 3)).toEqual(['1 hour not readable', '3 records quarantined']);
  });

  it('says so where the database does not keep facts append-only', () => {
    const answer = { ...coverage('2026-11-20T14:00:00Z'), appendOnlyEnforced: false };
    expect(say(answer)).toContain('append-only not kept by the database');
  });

  it('never says that the ledger is sound while nothing is sealed', () => {
    expect(trustParts(coverage('2026-11-20T14:00:00Z'), NOW, 'UTC').at(-1)).toMatchObject({
      text: 'ledger not sealed',
      outcome: 'not_evaluated',
    });
  });
});
