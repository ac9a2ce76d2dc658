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
  added: 'added',
  tested: 'tested',
  lifted: 'lifted',
  acknowledged: 'acknowledged',
  closed: 'closed',
  reopened: 'opened again',
  asked: 'asked for a',
  proposed: 'proposed the',
  withdrawn: 'withdrew the',
  approved: 'approved a',
  rejected: 'rejected a',
  undo_asked: 'asked to undo a',
  begun: 'began to carry out a',
  done: 'carried out a',
  failed: 'could not carry out a',
  refused: 'refused a',
  expired: 'let expire a',
};

/** Where the verb means something else with another thing. */
const PHRASES: Readonly<Record<string, string>> = {
  'delivery.replayed': 'sent a delivery again',
  'inbox.marked': 'marked messages of their inbox',
  'alert_rule.previewed': 'tried an alert rule',
  'high_risk_rule.previewed': 'tried a high-risk rule',
  'high_risk_rule.judged_again': 'judged changes again with other high-risk rules',
  'high_risk_rules.product_changed': 'came with another table of high-risk changes',
};

/** `Dana Admin looked at changes`: an entry as a sentence; an action without words of its own is shown as it is called. */
export function journalSentence(
  entry: Pick<JournalEntryDto, 'actor' | 'action' | 'object' | 'detail'>,
): string {
  const phrase = PHRASES[entry.action];
  if (phrase !== undefined) return `${entry.actor.name} ${phrase}`;
  const dot = entry.action.lastIndexOf('.');
  const verb = VERBS[entry.action.slice(dot + 1)];
  const thing = wordsOf(dot > 0 ? entry.action.slice(0, dot) : entry.object.type);
  const name = nameOf(entry.detail);

  if (verb !== undefined) return `${entry.actor.name} ${verb} ${thing}${name}`;
  return `${entry.actor.name}: ${wordsOf(entry.action.replaceAll('.', ' '))}`;
}

/** What the entry is about, where its detail names it: by itself, or in what it was changed to. */
function nameOf(detail: Readonly<Record<string, unknown>>): string {
  const to = detail.to;
  const name = detail.name ?? (typeof to === 'object' && to !== null && 'name' in to ? to.name : undefined);
  return typeof name === 'string' ? ` ${name}` : '';
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
