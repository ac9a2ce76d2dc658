import { readFile } from 'node:fs/promises';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { AppError } from '@/lib/kernel/errors';
import { sha256Hex } from '@/lib/kernel/hash';
import { type SettingOrigin, settingAt } from '../store/setting-rows';
import { POLICY_PARTS, type Policy, type PolicyPart, parsePolicy, policySchema } from './policy';
import { setSetting } from './set-setting';

export type PolicyErrorCode = 'policy_unreadable' | 'policy_wrong';
export type Applied = { readonly changed: readonly PolicyPart[]; readonly policy: Policy };

/** Makes each part that is given and differs a setting from now on; parts left out stay as they are. Journaled. */
export async function applyPolicy(
  sql: Sql,
  given: {
    readonly policy: Policy;
    readonly orgId: string | null;
    readonly origin: SettingOrigin;
    readonly sha256: string;
  },
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<Applied> {
  const changed: PolicyPart[] = [];
  for (const part of POLICY_PARTS) {
    const value = given.policy[part];
    if (value === undefined) continue;
    const { orgId, origin } = given;
    if (await setSetting(sql, { name: `policy.${part}`, orgId, value, origin }, by)) changed.push(part);
  }
  await appendJournal(sql, {
    actor: by.actor,
    action: 'policy.applied',
    objectType: 'policy',
    orgId: given.orgId,
    detail: { sha256: given.sha256, changed, origin: given.origin },
    at: by.now,
  });
  return { changed, policy: given.policy };
}

/** As `applyPolicy`, from `POLICY_FILE` or `tallystick policy apply`. Throws `policy_unreadable`, and `policy_wrong` with a sentence per problem. */
export async function applyPolicyFile(
  db: Database,
  file: string,
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<Applied> {
  const json = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError<PolicyErrorCode>({
      code: 'policy_unreadable',
      message: `cannot read the policy file ${file}`,
      hint: 'POLICY_FILE must name a JSON file that this user may read.',
      cause,
    });
  });
  const parsed = parsePolicy(json);
  if (!parsed.ok) {
    throw new AppError<PolicyErrorCode>({
      code: 'policy_wrong',
      status: 400,
      message: `cannot apply the policy file ${file}: ${parsed.problems.join(' ')}`,
      hint: 'lib/auth/settings/policy.schema.json describes it.',
      details: { problems: parsed.problems },
    });
  }
  return db.transaction((sql) =>
    applyPolicy(
      sql,
      { policy: parsed.policy, orgId: null, origin: 'policy_file', sha256: sha256Hex(json) },
      by,
    ),
  );
}

/** The policy in force for an organisation at an instant; parts never set are absent. */
export async function policyAt(
  sql: Sql,
  of: { readonly orgId: string | null; readonly at: Date },
): Promise<Policy> {
  const parts: Partial<Record<PolicyPart, unknown>> = {};
  for (const part of POLICY_PARTS) {
    const version = await settingAt(sql, { name: `policy.${part}`, ...of });
    if (version) parts[part] = version.value;
  }
  return policySchema.parse(parts);
}
