import type { Sql } from '@/lib/db/sql';
import { allVersions, type SettingVersion } from '../store/setting-rows';
import { type Policy, type PolicyPart, policySchema } from './policy';

/** One part of the policy while it was in force, in [from, to); `to` null while it is. */
export type PolicyPeriod<Part extends PolicyPart> = {
  readonly from: Date;
  readonly to: Date | null;
  readonly value: NonNullable<Policy[Part]>;
};

/** What a part of the policy said over time for an organisation, oldest first; as `policyAt` tells it at each instant. */
export async function policyHistory<Part extends PolicyPart>(
  sql: Sql,
  of: { readonly part: Part; readonly orgId: string },
): Promise<readonly PolicyPeriod<Part>[]> {
  const versions = await allVersions(sql, { name: `policy.${of.part}`, orgId: of.orgId });
  const starts = [...new Set(versions.map((version) => version.validFrom.getTime()))].sort((a, b) => a - b);
  return starts.flatMap((start, index) => {
    const version = inForce(versions, start);
    const value = version === null ? undefined : policySchema.parse({ [of.part]: version.value })[of.part];
    if (value === undefined || value === null) return [];
    const next = starts[index + 1];
    return [{ from: new Date(start), to: next === undefined ? null : new Date(next), value }];
  });
}

/** The organisation's own version wins over the installation's, the later over the earlier. `versions` are oldest first. */
function inForce(versions: readonly SettingVersion[], at: number): SettingVersion | null {
  const begun = versions.filter((version) => version.validFrom.getTime() <= at);
  return begun.findLast((version) => version.orgId !== null) ?? begun.at(-1) ?? null;
}
