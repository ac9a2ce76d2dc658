import { formatDay } from '@/components/ui/data/format-time';
import type { BreakdownBy } from '@/lib/linking/contract/rate-breakdown';
import { UNKNOWN } from '@/lib/linking/model/rate-filter';

export const BREAKDOWN_WORDS = {
  day: 'Day',
  service: 'Service',
  team: 'Team',
  actor: 'Actor',
  division: 'Division',
  org: 'Organisation',
} as const satisfies Record<BreakdownBy, string>;

/** How the groups are told apart, where that is not plain. */
export const BREAKDOWN_MEANINGS = {
  day: 'UTC days, newest first.',
  service: 'Services of the platform, as its audit log names them.',
  team: 'The department of the person who acted, as the directory knew it at the time of the change. OAuth clients have none.',
  actor: 'Persons and OAuth clients, by id; the name is the one they last bore.',
  division: 'Where the target lay at the time of the change, as far as the directory knew it then.',
  org: 'Genesys Cloud organisations.',
} as const satisfies Record<BreakdownBy, string>;

const UNKNOWN_WORDS: Partial<Record<BreakdownBy, string>> = {
  team: 'No known department',
  actor: 'Nobody named',
  division: 'Division not known',
};

/** A group as one reads it. */
export function groupWord(
  by: BreakdownBy,
  { key, label }: { readonly key: string; readonly label: string | null },
  orgName: (id: string) => string,
): string {
  if (key === UNKNOWN) return UNKNOWN_WORDS[by] ?? key;
  if (by === 'day') return formatDay(`${key}T00:00:00Z`, 0);
  return by === 'org' ? orgName(key) : (label ?? key);
}

export const BUCKET_WORDS = { hour: 'Hours', day: 'Days', week: 'Weeks', month: 'Months' } as const;
