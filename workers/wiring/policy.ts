import { applyPolicyFile, policyAt } from '@/lib/auth/settings/apply-policy';
import { applyPolicy as applyDivisionPolicy } from '@/lib/directory/apply-policy';
import type { JournalActor } from '@/lib/kernel/actor';
import type { Product } from './product';
import { applyPolicyWindows } from './windows';

export type AppliedPolicy = {
  readonly changed: readonly string[];
  readonly unknownDivisions: readonly string[];
};

/** Applies a policy file to the settings, and its word on divisions and change windows to every connected organisation, from `now` on. */
export async function applyPolicyFrom(
  product: Pick<Product, 'db'>,
  file: string,
  actor: JournalActor,
  now = new Date(),
): Promise<AppliedPolicy> {
  const { changed, policy } = await applyPolicyFile(product.db, file, { actor, now });
  const unknown = new Set<string>();
  if (policy.divisions !== undefined) {
    for (const orgId of await orgIds(product)) {
      const applied = await applyDivisions(product, { orgId, divisions: policy.divisions, actor, now });
      for (const division of applied) unknown.add(division);
    }
  }
  if (policy.windows !== undefined || policy.freezes !== undefined) {
    for (const orgId of await orgIds(product)) {
      const inForce = await policyAt(product.db.sql, { orgId, at: now });
      await applyPolicyWindows(product, { orgId, policy: inForce, actor, now });
    }
  }
  return { changed, unknownDivisions: [...unknown] };
}

/** Gives the divisions of one organisation their tags from now on; returns those that no division matches now. */
export async function applyDivisions(
  product: Pick<Product, 'db'>,
  input: {
    readonly orgId: string;
    readonly divisions: readonly {
      id?: string | undefined;
      name?: string | undefined;
      region?: string | undefined;
      sensitivity?: 'normal' | 'restricted' | 'high_security' | undefined;
      rank?: number | undefined;
    }[];
    readonly actor: JournalActor;
    readonly now: Date;
  },
): Promise<readonly string[]> {
  const divisions = input.divisions.map((one) => ({
    division: one.id ?? one.name ?? '',
    chosenBy: one.id === undefined ? ('name' as const) : ('id' as const),
    region: one.region ?? null,
    sensitivity: one.sensitivity ?? 'normal',
    rank: one.rank ?? null,
  }));
  const applied = await product.db.transaction((sql) =>
    applyDivisionPolicy(sql, {
      orgId: input.orgId,
      policy: { divisions },
      actor: input.actor,
      now: input.now,
    }),
  );
  return applied.unknownDivisions;
}

async function orgIds(product: Pick<Product, 'db'>): Promise<string[]> {
  return (await product.db.sql.query<{ org_id: string }>('select org_id::text from org order by org_id')).map(
    (row) => row.org_id,
  );
}
