import { DAY_MS } from '@/lib/kernel/instant';

/** What the public page shows of a change, and nothing else. */
export type Subject = { readonly id: string; readonly at: string; readonly sentence: string };

export type JustificationRequest = {
  readonly id: string;
  readonly orgId: string;
  readonly askedAt: Date;
  readonly askerId: string;
  readonly asker: string;
  readonly toAddress: string;
  readonly toName: string | null;
  /** `person`: whoever made the change; `owner`: somebody who answers for an automation. */
  readonly toKind: 'person' | 'owner';
  readonly question: string;
  readonly expiresAt: Date;
  readonly sessionId: string | null;
  readonly subject: { readonly shown: readonly Subject[]; readonly ids: readonly string[] };
};

export type RequestEvent = {
  readonly requestId: string;
  readonly at: Date;
  readonly what: 'answered' | 'withdrawn' | 'reminded' | 'expired';
  readonly actor: string;
  readonly words: string | null;
  readonly reference: string | null;
};

export const DEFAULT_DAYS = 7;
export const LONGEST_DAYS = 30;

/** How a request stands, but for whether its mail arrived. */
export function standingOfRequest(
  request: Pick<JustificationRequest, 'expiresAt'>,
  events: readonly RequestEvent[],
  now: Date,
): 'open' | 'answered' | 'withdrawn' | 'expired' {
  const end = events.find((event) => event.what !== 'reminded');
  if (end !== undefined && end.what !== 'reminded') return end.what;
  return now >= request.expiresAt ? 'expired' : 'open';
}

/** When somebody who has not answered is reminded, once: halfway, at the earliest after a day. */
export function remindAt(request: Pick<JustificationRequest, 'askedAt' | 'expiresAt'>): Date {
  const half = (request.expiresAt.getTime() - request.askedAt.getTime()) / 2;
  return new Date(request.askedAt.getTime() + Math.max(half, Math.min(DAY_MS, half * 2)));
}
