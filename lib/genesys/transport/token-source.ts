import { z } from 'zod';
import { MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';
import { GenesysError } from '../model/errors';
import type { Clock } from './clock';

/** The answer of the token endpoint. The token is opaque. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Seconds; 300 to 172800, by client. */
  expires_in: z.number().positive().catch(3600),
});

export type Token = { readonly value: string; readonly renewAt: number };

/** Holds the token of one client: one log-in at a time, renewed before it expires or once the platform refuses it. */
export class TokenSource {
  readonly #clock: Clock;
  readonly #logIn: () => Promise<unknown>;
  #token: Token | null = null;
  #underWay: Promise<Token> | null = null;

  /** `logIn` asks the token endpoint and gives its parsed answer. */
  constructor(clock: Clock, logIn: () => Promise<unknown>) {
    this.#clock = clock;
    this.#logIn = logIn;
  }

  /** The token to use now. Those who come while a log-in is under way share it. */
  async current(): Promise<Token> {
    if (this.#token && this.#clock.now() < this.#token.renewAt) return this.#token;
    this.#underWay ??= this.#renew().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  /** The platform refused this token. One that was renewed meanwhile stays. */
  discard(token: Token): void {
    if (this.#token === token) this.#token = null;
  }

  async #renew(): Promise<Token> {
    const askedAt = this.#clock.now();
    const read = tokenAnswer.safeParse(await this.#logIn());
    if (!read.success)
      throw new GenesysError({
        code: 'bad_answer',
        message: 'cannot log in to Genesys Cloud: the answer of the token endpoint holds no token',
        retryable: true,
        hint: 'Check the region or gateway address: something else may answer there.',
      });
    const lifetimeMs = read.data.expires_in * SECOND_MS;
    const marginMs = Math.min(5 * MINUTE_MS, lifetimeMs / 10);
    this.#token = { value: read.data.access_token, renewAt: askedAt + lifetimeMs - marginMs };
    return this.#token;
  }
}
