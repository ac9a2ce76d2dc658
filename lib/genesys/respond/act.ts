import { messageOf } from '@/lib/kernel/errors';
import type { CallOptions, GenesysClient } from '../connect';
import { GenesysError } from '../model/errors';

/** One call that was sent for an act. */
export type ActCall = {
  readonly sentAt: Date;
  /** When it was answered, by the platform's clock; null where no good answer came. */
  readonly answeredAt: Date | null;
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** `ININ-Correlation-Id`: finds the act in the platform's own records. */
  readonly contextId: string | null;
};

/**
 * What an act came to. `already_so`: nothing was sent, or another had done it. `failed`: it is known not to have happened.
 * `unknown`: it was sent, no answer came, and the state could not be read back or did not show it.
 */
export type ActResult<State> = {
  readonly outcome: 'done' | 'already_so' | 'failed' | 'unknown';
  /** As read before anything was sent; null where it could not be read. */
  readonly before: State | null;
  /** As read back last; null where nothing was read back. */
  readonly after: State | null;
  /** Why it failed, or what happened on the way. */
  readonly because: string | null;
  /** Whether trying later can help. */
  readonly retryable: boolean;
  readonly calls: readonly ActCall[];
};

export type Act<State> = {
  /** Completes "cannot …": "deactivate the user". */
  readonly doing: string;
  readonly read: () => Promise<State>;
  /** Whether the state is what the act is to bring about. */
  readonly isSo: (now: State, before: State) => boolean;
  /** Why the act must not be sent in this state, or null: asked before every try. */
  readonly refuses?: (now: State) => string | null;
  readonly send: (now: State) => Parameters<GenesysClient['call']>[1];
  /** What proves it: the state read back, or the platform's answer where no state shows it. */
  readonly provenBy: 'state' | 'answer';
};

export type ActOptions = Pick<CallOptions, 'signal'>;

/** Tries of one act; each is preceded by reading the state anew (contract 7). */
const MAX_TRIES = 3;
const READ_BACK_PAUSE_MS = 1_000;

/**
 * Brings a state about and reads it back. An unanswered call is never simply repeated: the state is read first, since the
 * platform may have done it and yet answered 504. A version conflict (409, or 400 that says so) is read again as well.
 *
 * Throws `aborted` alone; everything else is an outcome.
 */
export async function bringAbout<State>(
  client: GenesysClient,
  act: Act<State>,
  options: ActOptions,
): Promise<ActResult<State>> {
  const calls: ActCall[] = [];
  const notes: string[] = [];
  const first = await attempt(act.read);
  if (!first.ok)
    return {
      ...ending('failed', null, null, notes, calls),
      because: first.error.message,
      retryable: first.error.retryable,
    };
  const before = first.value;
  if (act.provenBy === 'state' && act.isSo(before, before))
    return ending('already_so', before, before, notes, calls);
  let now = before;
  let unanswered = false;
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const refusal = act.refuses?.(now) ?? null;
    if (refusal !== null)
      return { ...ending('failed', before, now, [...notes, refusal], calls), retryable: false };
    const sentAt = new Date(client.clock.now());
    const sent = await attempt(() =>
      client.call({ doing: act.doing, repeatable: 'refused_only', ...options }, act.send(now)),
    );
    calls.push({
      sentAt,
      answeredAt: sent.ok ? dateOf(sent.value.headers.date) : null,
      status: sent.ok ? sent.value.status : (sent.error.httpStatus ?? null),
      contextId: sent.ok ? sent.value.contextId : sent.error.contextId,
    });
    if (!sent.ok && !isWorthReading(sent.error))
      return {
        ...ending('failed', before, now, [...notes, sent.error.message], calls),
        retryable: sent.error.retryable,
      };
    if (!sent.ok) notes.push(sent.error.message);
    unanswered ||= !sent.ok && sent.error.code !== 'conflict';
    const back = await attempt(act.read);
    if (!back.ok) {
      const known = sent.ok && act.provenBy === 'answer';
      notes.push(`it could not be read back: ${back.error.message}`);
      return { ...ending(known ? 'done' : 'unknown', before, null, notes, calls), retryable: !known };
    }
    now = back.value;
    if (act.isSo(now, before) || (sent.ok && act.provenBy === 'answer'))
      return ending(
        !sent.ok && sent.error.code === 'conflict' ? 'already_so' : 'done',
        before,
        now,
        notes,
        calls,
      );
    if (tries < MAX_TRIES) await client.pause(READ_BACK_PAUSE_MS * tries, { doing: act.doing, ...options });
  }
  notes.push(`after ${MAX_TRIES} tries it does not read back as done`);
  return { ...ending(unanswered ? 'unknown' : 'failed', before, now, notes, calls), retryable: true };
}

function ending<State>(
  outcome: ActResult<State>['outcome'],
  before: State | null,
  after: State | null,
  notes: readonly string[],
  calls: readonly ActCall[],
): ActResult<State> {
  return {
    outcome,
    before,
    after,
    because: notes.length === 0 ? null : notes.join('; '),
    retryable: false,
    calls,
  };
}

function dateOf(header: string | undefined): Date | null {
  const at = Date.parse(header ?? '');
  return Number.isNaN(at) ? null : new Date(at);
}

/** Conflicts are read again; so is whatever may have been done although no good answer came. */
function isWorthReading({ code }: GenesysError): boolean {
  return code === 'conflict' || code === 'unreachable' || code === 'server_error' || code === 'bad_answer';
}

type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: GenesysError };

/** What the platform or the way to it refused, as a value. Being stopped, and mistakes of ours, are thrown. */
export async function attempt<T>(run: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (thrown) {
    if (thrown instanceof GenesysError && thrown.code !== 'aborted') return { ok: false, error: thrown };
    throw thrown instanceof Error ? thrown : new Error(messageOf(thrown));
  }
}
