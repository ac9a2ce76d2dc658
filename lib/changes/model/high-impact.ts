/** Services whose changes reach furthest: call flows, people and divisions, connections to other systems, roles and keys. */
export const HIGH_IMPACT_SERVICES = ['Architect', 'Directory', 'Integrations', 'PeoplePermissions'] as const;
