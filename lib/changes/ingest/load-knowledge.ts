import { policyHistory } from '@/lib/auth/settings/policy-history';
import type { Sql } from '@/lib/db/sql';
import { departmentsAt } from '@/lib/directory/departments-at';
import { knownClients } from '@/lib/directory/known-clients';
import { namesAt } from '@/lib/directory/names-at';
import { divisionTagsAt, privilegedRolesAt } from '@/lib/directory/policy-at';
import { knownNames } from '../model/record/detect-drift';
import { ruleBook } from '../model/risk/rule-book';
import { loadRiskRules } from '../risk/load-rules';
import { latestMapping } from '../store/record/observations';
import type { OrgKnowledge } from './org-knowledge';

/**
 * What the directory and the service mapping tell of an organisation now. Names are asked at each event's own instant; tags
 * and privileged roles judge with what is held today, since risk is an opinion and may be made anew.
 */
export async function loadKnowledge(sql: Sql, orgId: string, now: Date): Promise<OrgKnowledge> {
  const clients = await knownClients(sql, orgId);
  const tags = await divisionTagsAt(sql, orgId, now);
  const privileged = await privilegedRolesAt(sql, orgId, now);
  const noise = await policyHistory(sql, { part: 'platformNoise', orgId });
  const rules = await loadRiskRules(sql, orgId);
  const mapping = await latestMapping(sql, orgId, 'pull');
  return {
    orgId: orgId.toLowerCase(),
    knownClientIds: new Set(clients.keys()),
    mapping: mapping === null ? null : knownNames(mapping.services),
    noise: noise.map(({ from, to, value }) => ({ from, to, noise: value })),
    riskRules: ruleBook(rules),
    isPrivilegedRole: (roleId) => privileged.has(roleId),
    isRestrictedDivision: (divisionId) => {
      const tag = tags.get(divisionId);
      return tag !== undefined && tag.sensitivity !== 'normal';
    },
    namesAt: (refs) => namesAt(sql, orgId, refs),
    departmentsAt: (asked) => departmentsAt(sql, orgId, asked),
  };
}
