import { setSetting } from '@/lib/auth/settings/set-setting';
import type { Sql } from '@/lib/db/sql';
import { type AppliedPolicy, applyPolicy } from '@/lib/directory/apply-policy';
import type { Sensitivity } from '@/lib/directory/model/policy/division-tag';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';

/**
 * Makes these the tags of an organisation's divisions from now on, in its policy and in the directory together; divisions left
 * out lose theirs, and earlier moves keep the tags of their moment. Requires a transaction. Throws `not_found`.
 */
export async function tagDivisions(
  sql: Sql,
  asked: {
    readonly org: string;
    readonly divisions: readonly {
      readonly id: string;
      readonly region: string | null;
      readonly sensitivity: Sensitivity;
      readonly rank: number | null;
    }[];
  },
  by: { readonly actor: JournalActor; readonly now: Date; readonly orgIds: readonly string[] },
): Promise<AppliedPolicy> {
  const orgId = asked.org.toLowerCase();
  if (!by.orgIds.includes(orgId))
    throw requestError('not_found', 'cannot tag divisions: there is no such organisation');
  const tags = [...new Map(asked.divisions.map((one) => [one.id, one])).values()].map((one) => ({
    ...one,
    region: one.region === '' ? null : one.region,
  }));
  const { actor, now } = by;
  const value = tags.map(({ id, region, sensitivity, rank }) => ({
    id,
    sensitivity,
    ...(region === null ? {} : { region }),
    ...(rank === null ? {} : { rank }),
  }));
  await setSetting(sql, { name: 'policy.divisions', orgId, value, origin: 'person' }, { actor, now });
  const applied = await applyPolicy(sql, {
    orgId,
    policy: {
      divisions: tags.map(({ id, ...tag }) => ({ ...tag, chosenBy: 'id' as const, division: id })),
    },
    actor,
    now,
  });
  await appendJournal(sql, {
    actor,
    action: 'divisions.tagged',
    objectType: 'division',
    orgId,
    detail: { set: applied.set, withdrawn: applied.withdrawn },
    at: now,
  });
  return applied;
}
