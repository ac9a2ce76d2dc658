import { canonicalJson } from '@/lib/kernel/canonical-json';
import { toIso } from '@/lib/kernel/instant';
import type { Content, Version } from './version';

/** In words how a version is known: `known from snapshot of 2026-11-20T02:00:00Z`. */
export function provenanceWords(version: Pick<Version, 'provenance' | 'validFrom' | 'state'>): string {
  const at = toIso(version.validFrom);
  if (version.provenance === 'event') return `from event of ${at}`;
  if (version.provenance === 'lookup') return `asked of the platform at ${at}`;
  return version.state === 'deleted' ? `gone by snapshot of ${at}` : `known from snapshot of ${at}`;
}

/** The members that differ between two contents, by name, in order; everything that is there when there was nothing before. */
export function differingMembers(before: Content | null, after: Content): readonly string[] {
  const names = new Set<string>();
  const old = flat(before);
  const now = flat(after);
  for (const [name, value] of now) if (old.get(name) !== value) names.add(name);
  for (const name of old.keys()) if (!now.has(name)) names.add(name);
  return [...names].sort();
}

function flat(content: Content | null): ReadonlyMap<string, string> {
  if (content === null) return new Map();
  const { item, state, name } = content;
  const members =
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.entries(item) : [];
  const values = new Map(members.map(([key, value]) => [key, canonicalJson(value)]));
  values.set('name', canonicalJson(name));
  values.set('state', values.get('state') ?? canonicalJson(state));
  if (state === 'deleted') values.set('state', canonicalJson(state));
  return values;
}
