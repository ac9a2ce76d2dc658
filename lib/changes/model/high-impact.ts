/**
 * The services in which a change can stop calls or open doors: flows, people and divisions, connections to other systems, roles and
 * grants. The customer's guide names them Architect, Directory, Integrations, People (role assignments); the platform records role
 * assignments under PeoplePermissions. A starting point: whoever filters adds services or takes them out.
 */
export const HIGH_IMPACT_SERVICES = ['Architect', 'Directory', 'Integrations', 'PeoplePermissions'] as const;

/** Named sets of services that a filter can ask for by one word. */
export const SERVICE_PRESETS = { 'high-impact': HIGH_IMPACT_SERVICES } as const;
export type ServicePreset = keyof typeof SERVICE_PRESETS;

/** The services asked for by name and by preset, each once; undefined where neither asks for any. */
export function servicesAsked(
  services: readonly string[] | undefined,
  preset: ServicePreset | undefined,
): string[] | undefined {
  const asked = [...(services ?? []), ...(preset === undefined ? [] : SERVICE_PRESETS[preset])];
  return asked.length === 0 ? undefined : [...new Set(asked)];
}
