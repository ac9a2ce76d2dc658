import { formatInstant } from '@/components/ui/data/format-time';
import type { NameAt } from '@/lib/changes/contract';

/** How a name is known, in words; a name that is not known is never replaced by today's. */
export function provenanceOf(name: NameAt, zone: string): string {
  const when = name.knownFrom === null ? '' : ` of ${formatInstant(name.knownFrom, zone, 'minute')}`;
  switch (name.from) {
    case 'snapshot':
      return `name of that moment, known from the snapshot${when}`;
    case 'earlier_snapshot':
      return `name before that moment, known from the last snapshot${when}`;
    case 'create_event':
      return `name given when it was created${when.replace(' of ', ', record of ')}`;
    case 'record':
      return 'name as the record itself says';
    case 'platform_lookup':
      return `name as the platform answered${when.replace(' of ', ' at ')}`;
    case 'unresolved':
      return 'unresolved: neither a snapshot nor a record knew a name at that moment';
  }
}

/** `0.97`, two decimals, for a confidence between 0 and 1. */
export function formatConfidence(confidence: number): string {
  return confidence.toFixed(2);
}

/** Where an approval stands to the change: `3 h 22 min before the change`. */
export function approvalDistance(approvedAt: string, eventDate: string): { ms: number; before: boolean } {
  const ms = Date.parse(eventDate) - Date.parse(approvedAt);
  // Approved in the same second counts as before.
  return { ms: Math.abs(ms), before: ms >= 0 };
}
