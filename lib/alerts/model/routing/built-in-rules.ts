import type { AlertRule } from '../../contract/rules';

/** A routing rule as it is in force. */
export type RoutingRule = { readonly id: string; readonly rule: AlertRule };

/** Channels that the environment sets; those it does not set are left out when an alert is routed. */
export const ENVIRONMENT_CHANNELS = ['env_slack', 'env_email', 'env_servicenow'];

const ANYTHING = {
  rules: [],
  minSeverity: 'low',
  orgs: [],
  divisions: [],
  actorKinds: [],
} satisfies AlertRule['what'];
const AT_ONCE = {
  quietHours: null,
  digest: null,
  grouping: 'subject',
  enabled: true,
} satisfies Partial<AlertRule>;

/**
 * The routing that comes with the product: it can be changed and switched off, not deleted. A rule that was changed stands in
 * the database and takes the place of the one here.
 */
export const BUILT_IN_RULES: readonly RoutingRule[] = [
  {
    id: 'rul_critical',
    rule: {
      ...AT_ONCE,
      name: 'Critical findings',
      what: { ...ANYTHING, minSeverity: 'critical' },
      who: { roles: ['admin', 'officer'], users: [] },
      channels: ENVIRONMENT_CHANNELS,
      escalation: { afterMinutes: 30, roles: ['privacy_officer', 'operator'], channels: [] },
    },
  },
  {
    id: 'rul_restricted',
    rule: {
      ...AT_ONCE,
      name: 'Moves into restricted divisions and across data boundaries',
      what: { ...ANYTHING, rules: ['restricted-move', 'boundary-cross'] },
      who: { roles: ['privacy_officer'], users: [] },
      channels: ['env_email'],
      escalation: null,
    },
  },
  {
    id: 'rul_bypass',
    rule: {
      ...AT_ONCE,
      name: 'Changes past the pipeline',
      what: { ...ANYTHING, rules: ['pipeline-bypass'] },
      who: { roles: ['officer'], users: [] },
      channels: ['env_slack', 'env_email'],
      escalation: null,
    },
  },
  {
    id: 'rul_silent',
    rule: {
      ...AT_ONCE,
      name: 'Silent collectors and mutes past their reason',
      what: { ...ANYTHING, rules: ['collector-silent', 'mute-past-reason'] },
      who: { roles: ['operator', 'admin'], users: [] },
      channels: ['env_email'],
      escalation: null,
    },
  },
  {
    id: 'rul_moves',
    rule: {
      ...AT_ONCE,
      name: 'Every division move',
      what: { ...ANYTHING, rules: ['division-move', 'unaudited-move', 'address-flagged'] },
      who: { roles: ['officer'], users: [] },
      channels: [],
      escalation: null,
    },
  },
  {
    id: 'rul_high',
    rule: {
      ...AT_ONCE,
      name: 'High findings',
      what: { ...ANYTHING, minSeverity: 'high' },
      who: { roles: ['officer'], users: [] },
      channels: [],
      escalation: null,
    },
  },
];

export function isBuiltIn(id: string): boolean {
  return BUILT_IN_RULES.some((rule) => rule.id === id);
}
