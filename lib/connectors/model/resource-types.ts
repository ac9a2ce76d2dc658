/**
 * Entity types of audit records that a Terraform resource type of the `genesyscloud` provider stands for. A resource may show
 * under more than one entity type.
 * Source: the provider's documentation (resource names) and the audit vocabulary (entity types).
 */
const ENTITY_TYPES: Readonly<Record<string, readonly string[]>> = {
  genesyscloud_architect_datatable: ['Schema'],
  genesyscloud_architect_datatable_row: ['Row'],
  genesyscloud_architect_emergencygroup: ['EmergencyGroup'],
  genesyscloud_architect_grammar: ['Grammar'],
  genesyscloud_architect_ivr: ['IVR'],
  genesyscloud_architect_schedulegroups: ['ScheduleGroup'],
  genesyscloud_architect_schedules: ['Schedule'],
  genesyscloud_architect_user_prompt: ['Prompt', 'PromptResource'],
  genesyscloud_auth_division: ['Division'],
  genesyscloud_auth_role: ['Role'],
  genesyscloud_flow: ['Flow'],
  genesyscloud_flow_milestone: ['FlowMilestone'],
  genesyscloud_flow_outcome: ['FlowOutcome'],
  genesyscloud_group: ['DirectoryGroup'],
  genesyscloud_integration: ['Integration'],
  genesyscloud_integration_action: ['Action', 'ActionDraft'],
  genesyscloud_integration_credential: ['Credential'],
  genesyscloud_oauth_client: ['OAuthClient'],
  genesyscloud_organization_authentication_settings: ['AuthOrganization'],
  genesyscloud_outbound_campaign: ['Campaign'],
  genesyscloud_outbound_contact_list: ['ContactList'],
  genesyscloud_recording_media_retention_policy: ['Policy'],
  genesyscloud_responsemanagement_response: ['Response'],
  genesyscloud_routing_language: ['RoutingLanguage'],
  genesyscloud_routing_queue: ['Queue'],
  genesyscloud_routing_skill: ['RoutingSkill'],
  genesyscloud_routing_skill_group: ['SkillGroup', 'SkillGroupDefinition'],
  genesyscloud_routing_wrapupcode: ['WrapupCode'],
  genesyscloud_script: ['Script'],
  genesyscloud_team: ['Team'],
  genesyscloud_telephony_providers_edges_did_pool: ['DIDPool'],
  genesyscloud_telephony_providers_edges_edge_group: ['EdgeGroup'],
  genesyscloud_telephony_providers_edges_extension_pool: ['ExtensionPool'],
  genesyscloud_telephony_providers_edges_phone: ['Phone'],
  genesyscloud_telephony_providers_edges_phonebasesettings: ['PhoneBase'],
  genesyscloud_telephony_providers_edges_site: ['Site', 'NumberPlan'],
  genesyscloud_telephony_providers_edges_site_outbound_route: ['OutboundRoute'],
  genesyscloud_telephony_providers_edges_trunk: ['Trunk'],
  genesyscloud_telephony_providers_edges_trunkbasesettings: ['TrunkBase'],
  genesyscloud_user: ['User', 'AgentRoutingInfo'],
  genesyscloud_user_roles: ['User'],
  genesyscloud_webdeployments_configuration: ['Configuration', 'ConfigurationVersion'],
  genesyscloud_webdeployments_deployment: ['Deployment'],
};

/** The entity types the resource type stands for; none for a type not in the table. */
export function entityTypesOf(resourceType: string): readonly string[] {
  return ENTITY_TYPES[resourceType] ?? [];
}

/** Keys under which an Architect flow's YAML begins. */
export const FLOW_KINDS: ReadonlySet<string> = new Set([
  'bot',
  'commonModule',
  'digitalBot',
  'inboundCall',
  'inboundChat',
  'inboundEmail',
  'inboundShortMessage',
  'inQueueCall',
  'inQueueEmail',
  'inQueueShortMessage',
  'outboundCall',
  'secureCall',
  'speech',
  'surveyInvite',
  'voice',
  'voicemail',
  'workflow',
  'workitem',
]);
