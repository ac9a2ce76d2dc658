import { readRateLimit, throttleMs } from '../model/pacing';
import type { Clock } from './clock';

/** Holds requests of one token back while its window is nearly used up or the platform asked us to wait. */
export class Pacer {
  readonly #clock: Clock;
  #notBefore = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the next request may go out. */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const wait = this.#notBefore - this.#clock.now();
      if (wait <= 0) return;
      await this.#clock.sleep(wait, signal);
    }
  }

  /** Learns from the headers of an answer. */
  saw(headers: Readonly<Record<string, string>>): void {
    const limit = readRateLimit(headers);
    if (limit) this.hold(throttleMs(limit));
  }

  hold(ms: number): void {
    if (ms > 0) this.#notBefore = Math.max(this.#notBefore, this.#clock.now() + ms);
  }

  /** The limit counts per token: a new one starts afresh. */
  forget(): void {
    this.#notBefore = 0;
  }
}
