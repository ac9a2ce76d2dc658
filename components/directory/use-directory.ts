'use client';

import { useScope } from '@/components/url/use-scope';
import { parseInstant, toIso } from '@/lib/kernel/instant';

/** What every page of the directory asks for: one organisation and one instant, and doors that keep both. */
export function useDirectory() {
  const scope = useScope();
  const at = parseInstant(scope.params.get('at'));
  const atText = at === null ? null : toIso(at);
  return {
    ...scope,
    at: atText,
    /** The organisation chosen first; the API takes the viewer's first where none is. */
    org: scope.orgs[0] ?? null,
    cursor: scope.params.get('cursor'),
    /** Address of a page of the directory at the same instant. */
    door: (path: string, query: Readonly<Record<string, string | null>> = {}) =>
      scope.href(`/directory${path}`, { at: atText, ...query }),
  };
}

/** The path of one entity below `/directory`; ids of settings hold slashes. */
export function entityPath(kind: string, id: string): string {
  return `/${kind}/${encodeURIComponent(id)}`;
}
