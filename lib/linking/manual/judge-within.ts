import type { Sql } from '@/lib/db/sql';
import { type Cited, judgeBatch } from '../judge-batch';
import type { LinkDependencies } from '../link-changes';
import type { LookedUp, LookupDesk } from '../look-up-citations';
import { windowsOf } from '../near-windows';

/** Judges changes about which a person just decided, within the transaction that keeps the decision. */
export async function judgeWithin(
  sql: Sql,
  orgId: string,
  batch: {
    readonly dependencies: Pick<LinkDependencies, 'policy' | 'calendar' | 'now'>;
    readonly desk: LookupDesk;
    readonly cited: readonly Cited[];
    readonly looked: LookedUp;
  },
): Promise<void> {
  const { dependencies, desk, cited, looked } = batch;
  await judgeBatch(sql, {
    orgId,
    cited,
    findingOf: desk.findingOf,
    looked,
    policy: dependencies.policy,
    windows: windowsOf(dependencies),
    now: dependencies.now(),
    occasion: { cause: 'manual', ticket: null },
  });
}
