import { GenesysError } from '../model/errors';
import { backoffMs } from '../model/pacing';
import { abortedError, networkError } from './answer-error';
import type { Clock } from './clock';
import type { Pacer } from './pacer';
import type { RequestContext } from './request-context';

/** What may be tried again. `refused_only`: the platform must have said that it did nothing (429); for acts that change something. */
export type Repeatable = 'safely' | 'refused_only';

export type RepeatOptions = {
  readonly clock: Clock;
  readonly pacer: Pacer | null;
  /** All time of one call together, waiting and unanswered requests; after that the error is thrown. */
  readonly giveUpAfterMs: number;
  readonly repeatable: Repeatable;
};

const BAD_ANSWER_REPETITIONS = 2;

/**
 * Runs one attempt after another until it succeeds, fails for good, or waiting would take longer than allowed.
 * `attempt` makes a fresh context each time. Throws GenesysError only.
 */
export async function repeat<T>(
  options: RepeatOptions,
  context: () => RequestContext,
  attempt: (context: RequestContext) => Promise<T>,
): Promise<T> {
  let spent = 0;
  let badAnswers = 0;
  for (let tries = 1; ; tries++) {
    const current = context();
    let error: GenesysError;
    let began = options.clock.now();
    try {
      if (current.signal?.aborted) throw abortedError(current.doing);
      await options.pacer?.turn(current.signal);
      // Holding ourselves back is not counted: only what the platform makes us wait.
      began = options.clock.now();
      const value = await attempt(current);
      if (current.answer) options.pacer?.saw(current.answer.headers);
      return value;
    } catch (thrown) {
      if (!(thrown instanceof GenesysError) && !isFromTheNetwork(thrown) && !current.signal?.aborted)
        throw thrown;
      error = networkError(thrown, current);
      if (current.answer) options.pacer?.saw(current.answer.headers);
    }
    if (error.code === 'bad_answer') badAnswers++;
    const wait = waitBefore(error, tries, badAnswers, options);
    if (wait === null) throw error;
    spent += Math.max(0, options.clock.now() - began);
    if (spent + wait > options.giveUpAfterMs) throw gaveUp(error, spent, wait);
    spent += wait;
    if (error.code === 'rate_limited') options.pacer?.hold(wait);
    try {
      await options.clock.sleep(wait, current.signal);
    } catch {
      throw abortedError(current.doing);
    }
  }
}

/** Milliseconds before the next try, or null when the error stands. */
function waitBefore(
  error: GenesysError,
  tries: number,
  badAnswers: number,
  options: RepeatOptions,
): number | null {
  const random = options.clock.random();
  if (error.code === 'rate_limited')
    return error.retryAfterSeconds === undefined
      ? backoffMs(tries, 'answer', random)
      : error.retryAfterSeconds * 1000;
  if (options.repeatable === 'refused_only') return null;
  if (error.code === 'unreachable')
    return backoffMs(tries, error.httpStatus === undefined ? 'network' : 'answer', random);
  if (error.code === 'bad_answer' && badAnswers <= BAD_ANSWER_REPETITIONS)
    return backoffMs(badAnswers, 'network', random);
  return null;
}

function gaveUp(error: GenesysError, spentMs: number, nextMs: number): GenesysError {
  return new GenesysError({
    code: error.code,
    message: `${error.message}; given up after ${Math.round(spentMs / 1000)} s (the next try would be in ${Math.round(nextMs / 1000)} s)`,
    retryable: true,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.httpStatus === undefined ? {} : { httpStatus: error.httpStatus }),
    ...(error.platformCode === undefined ? {} : { platformCode: error.platformCode }),
    contextId: error.contextId,
    ...(error.bytes === undefined ? {} : { bytes: error.bytes }),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  });
}

/** Errors of sockets and of axios carry a code; a mistake of ours (TypeError) does not and must not be repeated. */
function isFromTheNetwork(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown;
}
