import type { AlertRule, AlertRuleDto } from '@/lib/alerts/contract/rules';

/** What the form of a new rule begins with: grave things, to those who decide. */
export const NEW_RULE: AlertRule = {
  name: '',
  enabled: true,
  what: { rules: [], minSeverity: 'high', orgs: [], divisions: [], actorKinds: [] },
  who: { roles: ['officer'], users: [] },
  channels: [],
  quietHours: null,
  escalation: null,
  grouping: 'subject',
  digest: null,
};

export const NEW_QUIET_HOURS: NonNullable<AlertRule['quietHours']> = {
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  from: '22:00',
  to: '06:00',
  exceptFrom: 'critical',
};
export const NEW_ESCALATION: NonNullable<AlertRule['escalation']> = {
  afterMinutes: 30,
  roles: ['admin'],
  channels: [],
};
export const NEW_DIGEST: NonNullable<AlertRule['digest']> = { every: 'day', at: '08:00', zone: 'UTC' };

/** The rule alone, without what the server says about it. */
export function ruleOf(given: AlertRule | AlertRuleDto): AlertRule {
  return {
    name: given.name.trim(),
    enabled: given.enabled,
    what: given.what,
    who: given.who,
    channels: given.channels,
    quietHours: given.quietHours,
    escalation: given.escalation,
    grouping: given.grouping,
    digest: given.digest,
  };
}
