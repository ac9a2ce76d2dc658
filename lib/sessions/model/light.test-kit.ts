import type { LightChange } from './light-change';

export const DANA = 'b0000000-0000-4000-8000-000000000001';
export const ERIK = 'b0000000-0000-4000-8000-000000000002';
const BEGIN = Date.parse('2026-03-01T10:00:00Z');

/** The instant so many seconds after ten o'clock. */
export function second(seconds: number): Date {
  return new Date(BEGIN + seconds * 1_000);
}

/** A change by Dana, so many seconds after ten o'clock; its id sorts by its number. */
export function light(n: number, seconds: number, more: Partial<LightChange> = {}): LightChange {
  return {
    id: `a${String(n).padStart(5, '0')}`,
    at: second(seconds),
    level: 'USER',
    actorId: DANA,
    clientId: null,
    accountable: true,
    initiator: false,
    transactionKey: null,
    correlationId: null,
    actId: null,
    held: null,
    ...more,
  };
}

/** What the platform did of itself. */
export function system(n: number, seconds: number, more: Partial<LightChange> = {}): LightChange {
  return light(n, seconds, { level: 'SYSTEM', actorId: null, accountable: false, ...more });
}
