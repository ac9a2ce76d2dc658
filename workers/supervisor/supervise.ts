import { setTimeout as sleep } from 'node:timers/promises';
import type { Child, ChildSpec } from './child';
import { startChild } from './child';

const READY_LIMIT_MS = 120_000;
const READY_PAUSE_MS = 100;

export type Supervised = {
  /** In the order they stop. */
  readonly children: readonly Child[];
  /** Names of those that did not answer in time; they go on, and are asked no more. */
  readonly silent: readonly string[];
  /** Stops the children one after the other, in the order given. Resolves to their names that did not stop cleanly. */
  stop(): Promise<string[]>;
};

/** Starts children and waits until each that can tell is ready; `stopping` ends the wait. */
export async function supervise(
  specs: readonly ChildSpec[],
  stopping: AbortSignal,
  restartMs?: number,
): Promise<Supervised> {
  const children = specs.map((spec) => startChild(spec, restartMs));
  const ready = await Promise.all(specs.map((spec) => untilReady(spec, stopping)));
  return {
    children,
    silent: specs.filter((_spec, i) => !ready[i]).map((spec) => spec.name),
    async stop() {
      const unclean: string[] = [];
      for (const child of children) if (!(await child.stop()).clean) unclean.push(child.name);
      return unclean;
    },
  };
}

async function untilReady(spec: ChildSpec, stopping: AbortSignal): Promise<boolean> {
  if (!spec.isReady) return true;
  for (const end = Date.now() + READY_LIMIT_MS; Date.now() < end; await sleep(READY_PAUSE_MS)) {
    if (stopping.aborted || (await spec.isReady())) return true;
  }
  return false;
}
