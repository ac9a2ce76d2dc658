import type { Sandbox } from '../sandbox.ts';
import { MINUTE, SECOND } from '../world/clock.ts';
import { act } from './acts.ts';

const RANDOM_EVERY_MS = 17 * SECOND;
const SELF_MOVE_AFTER_MS = 2 * MINUTE;

/** A few changes a minute, and one self-move two minutes after the start. Answers how to stop it. */
export function startLiving(sandbox: Sandbox): () => void {
  const random = setInterval(() => act(sandbox, { kind: 'random' }), RANDOM_EVERY_MS);
  const selfMove = setTimeout(() => act(sandbox, { kind: 'self-move' }), SELF_MOVE_AFTER_MS);
  return () => {
    clearInterval(random);
    clearTimeout(selfMove);
  };
}
