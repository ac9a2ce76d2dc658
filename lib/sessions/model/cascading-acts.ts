import { isDivisionProperty } from '@/lib/changes/model/actor/classify-actor';

/** Things whose removal or move drags others along: phones, lines and trunks follow an edge group or a site. */
export const CASCADING_TYPES = [
  'Edge',
  'EdgeGroup',
  'Site',
  'Trunk',
  'TrunkBase',
  'PhoneBase',
  'OutboundRoute',
  'DIDPool',
  'ExtensionPool',
] as const;

/**
 * Whether an act is of a kind that is known to cascade: such a thing removed, or moved to another division. Where such an
 * act names neither transaction nor correlation, the platform is asked what belongs to it.
 */
export function isKnownToCascade(act: {
  readonly entityType: string;
  readonly action: string;
  readonly properties: readonly string[];
}): boolean {
  if (!CASCADING_TYPES.some((type) => type === act.entityType)) return false;
  return /delete|remove|purge/i.test(act.action) || act.properties.some(isDivisionProperty);
}
