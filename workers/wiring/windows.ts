import type { Policy } from '@/lib/auth/settings/policy';
import { type AppliedSource, applySource } from '@/lib/directory/windows/apply-source';
import { importWindows } from '@/lib/directory/windows/import-windows';
import { windowsOfPolicy } from '@/lib/directory/windows/policy-windows';
import { type JournalActor, SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { log } from '@/lib/log/log';
import type { Connection } from './connections';
import type { Product } from './product';

/** Makes the windows and freezes of a policy those of one organisation's calendar; only differences are written. */
export async function applyPolicyWindows(
  product: Pick<Product, 'db'>,
  input: {
    readonly orgId: string;
    readonly policy: Pick<Policy, 'windows' | 'freezes'>;
    readonly actor: JournalActor;
    readonly now: Date;
  },
): Promise<AppliedSource> {
  const { orgId, policy, actor, now } = input;
  const windows = windowsOfPolicy(policy);
  return product.db.transaction((sql) =>
    applySource(sql, { orgId, source: 'policy', windows, reason: 'as the policy says' }, { actor, now }),
  );
}

/**
 * Brings the calendar up to what the policy in force and ServiceNow say, before changes are held against it. What cannot be read leaves what
 * is known.
 */
export async function refreshCalendar(
  product: Pick<Product, 'db'>,
  { orgId, policy, schedules }: Pick<Connection, 'orgId' | 'policy' | 'schedules'>,
): Promise<void> {
  const now = new Date();
  const { set, problems } = await applyPolicyWindows(product, { orgId, policy, actor: SYSTEM_ACTOR, now });
  if (set > 0)
    for (const problem of problems) log.warn({ orgId, problem }, 'a window of the policy cannot be read');
  if (schedules !== null)
    await importWindows(product.db, { orgId, source: schedules, actor: SYSTEM_ACTOR, now: () => new Date() });
}
