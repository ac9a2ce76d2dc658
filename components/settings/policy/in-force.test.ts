import { expect, test } from 'vitest';
import type { SettingDto } from '@/lib/auth/contract';
import { inForce } from './in-force';

const setting = (name: string, orgId: string | null): SettingDto => ({
  id: `${name}/${orgId}`,
  name,
  orgId,
  value: {},
  origin: 'person',
  setBy: 'Ada',
  validFrom: '2026-11-01T00:00:00Z',
});
const everywhere = setting('policy.divisions', null);
const north = setting('policy.divisions', 'north');
const south = setting('policy.divisions', 'south');
const windows = setting('policy.windows', null);

test('what each organisation has replaced holds nowhere', () => {
  expect(inForce([everywhere, north, windows], ['north'])).toEqual([north, windows]);
  expect(inForce([everywhere, north, south], ['north', 'south'])).toEqual([north, south]);
});

test('what one organisation lacks still holds there', () => {
  expect(inForce([everywhere, north], ['north', 'south'])).toEqual([everywhere, north]);
});

test('while nothing is known of the organisations nothing is left out', () => {
  expect(inForce([everywhere, north], [])).toEqual([everywhere, north]);
});
