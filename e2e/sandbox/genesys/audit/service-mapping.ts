import type { Sandbox } from '../../sandbox.ts';

/** The services that have realtime audits. Directory is not among them. */
export const REALTIME_SERVICES: readonly string[] = [
  'Architect',
  'PeoplePermissions',
  'ContactCenter',
  'Groups',
  'Telephony',
  'Outbound',
  'Routing',
  'Integrations',
  'AnalyticsReporting',
];

const SERVICES =
  'LanguageUnderstanding ContentManagement PeoplePermissions Presence Architect ContactCenter Quality SpeechAndTextAnalytics PredictiveEngagement Knowledge Coaching Learning UsersRules Gamification EmployeeEngagement WorkforceManagement Triggers ProcessAutomation ResponseManagement Groups Telephony Outbound Routing Integrations Webhooks AnalyticsReporting Limits EmployeePerformance Datatables Messaging WebDeployments Supportability Callback Directory Locations ExternalContacts TaskManagement SCIM NumberPurchasing Marketplace LogCapture GDPR DSAR ExternalContactsExport AgentConfig Emails Scripter Billing JourneyAnalytics NerService Onboarding SocialListening BusinessRules SocialEscalationRules Alerting Assistants'.split(
    ' ',
  );

/** Records of these stand in the history although the mapping does not know them. */
const UNMAPPED = new Set(['QuantumRouting', 'Defragment', 'HologramTrunk']);

type Mapping = { services: { name: string; entities: { name: string; actions: string[] }[] }[] };

const cache = new WeakMap<Sandbox, Mapping>();

/** Services, entity types and actions of this organisation: all known services, with what the history shows of them. */
export function serviceMapping(sandbox: Sandbox): Mapping {
  const known = cache.get(sandbox);
  if (known !== undefined) return known;
  const tree = new Map<string, Map<string, Set<string>>>(SERVICES.map((name) => [name, new Map()]));
  for (const { record } of sandbox.history.planted) {
    const entities = tree.get(record.serviceName);
    if (entities === undefined || UNMAPPED.has(record.action) || UNMAPPED.has(record.entityType)) continue;
    const actions = entities.get(record.entityType) ?? new Set(['Create', 'Update', 'Delete']);
    actions.add(record.action);
    entities.set(record.entityType, actions);
  }
  const services = [...tree].map(([name, entities]) => ({
    name,
    entities: [...entities].map(([entity, actions]) => ({ name: entity, actions: [...actions] })),
  }));
  const mapping = { services };
  cache.set(sandbox, mapping);
  return mapping;
}
