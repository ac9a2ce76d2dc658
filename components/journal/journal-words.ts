import { sentenceCase, wordsOf } from '@/components/ui/data/format';
import type { JournalEntryDto } from '@/lib/journal/contract';

const VERBS: Readonly<Record<string, string>> = {
  viewed: 'looked at',
  exported: 'exported',
  created: 'created',
  changed: 'changed',
  removed: 'removed',
  revoked: 'revoked',
  denied: 'was refused',
  raw_viewed: 'looked at the raw record of a',
  replayed: 'read again from',
  requested: 'asked for a',
  reviewed: 'reviewed a',
  tagged: 'tagged',
};

/** `Dana Admin looked at changes`: an entry as a sentence; an action without words of its own is shown as it is called. */
export function journalSentence(
  entry: Pick<JournalEntryDto, 'actor' | 'action' | 'object' | 'detail'>,
): string {
  const dot = entry.action.lastIndexOf('.');
  const verb = VERBS[entry.action.slice(dot + 1)];
  const thing = wordsOf(dot > 0 ? entry.action.slice(0, dot) : entry.object.type);
  const name = typeof entry.detail.name === 'string' ? ` ${entry.detail.name}` : '';
  if (verb !== undefined) return `${entry.actor.name} ${verb} ${thing}${name}`;
  return `${entry.actor.name}: ${wordsOf(entry.action.replaceAll('.', ' '))}`;
}

export const ACTOR_WORDS = {
  person: 'Person',
  api_key: 'API key',
  operator: 'Command line',
  system: 'The product',
  anonymous: 'Nobody signed in',
} as const satisfies Record<JournalEntryDto['actor']['kind'], string>;

/** The detail as term and value, nested values as JSON. */
export function detailRows(detail: Readonly<Record<string, unknown>>): { term: string; value: string }[] {
  return Object.entries(detail).map(([name, value]) => ({
    term: sentenceCase(wordsOf(name)),
    value: typeof value === 'string' ? value : JSON.stringify(value, null, 1),
  }));
}
