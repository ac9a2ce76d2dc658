import type { WindowInput, WindowPreviewInput } from '../contract/windows';
import { WHOLE_ORGANIZATION, type WindowDefinition, type WindowTimes } from '../model/window/window';

/** What was sent, as a definition. */
export function definitionOf(given: Omit<WindowInput, 'org' | 'reason'>): WindowDefinition {
  const { scope } = given;
  return {
    kind: given.kind,
    name: given.name,
    zone: given.zone,
    times: timesOf(given.times),
    scope: {
      divisions: scope?.divisions ?? WHOLE_ORGANIZATION.divisions,
      services: scope?.services ?? WHOLE_ORGANIZATION.services,
      entityTypes: scope?.entityTypes ?? WHOLE_ORGANIZATION.entityTypes,
      objects: scope?.objects ?? WHOLE_ORGANIZATION.objects,
    },
    approver: given.approver ?? null,
    ticket: given.ticket ?? null,
  };
}

/** Times as they were sent, with instants. */
export function timesOf(times: WindowPreviewInput['times']): WindowTimes {
  if (times.kind === 'once') return { kind: 'once', from: new Date(times.from), to: new Date(times.to) };
  return { ...times, except: times.except ?? [] };
}
