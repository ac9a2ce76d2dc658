import { ROLE_WORDS } from '@/components/settings/people/roles';
import { ACTOR_KIND_WORDS } from '@/components/tally/words';
import type { AlertRule } from '@/lib/alerts/contract/rules';
import { WEEKDAYS } from '@/lib/alerts/contract/rules';
import { WEEKDAY_WORDS } from '../words';

/** How ids are said; an id whose name is not known is said as it is. */
export type RuleNames = {
  readonly rule: (id: string) => string;
  readonly org: (id: string) => string;
  readonly division: (id: string) => string;
  readonly channel: (id: string) => string;
  readonly user: (id: string) => string;
};

/** What a routing rule does, in one sentence that one could say to somebody. */
export function ruleSentence(rule: AlertRule, names: RuleNames): string {
  const parts = [
    `${whatOf(rule, names)} ${tellsOf(rule, names)}`,
    rule.digest === null ? null : digestOf(rule.digest),
    rule.quietHours === null ? null : quietOf(rule.quietHours),
    rule.escalation === null ? null : escalationOf(rule.escalation, names),
  ];
  return `${parts.filter((part) => part !== null).join('; ')}.`;
}

function whatOf({ what }: AlertRule, names: RuleNames): string {
  const grave = {
    low: 'Everything',
    medium: 'Medium risk and worse',
    high: 'High and critical risk',
    critical: 'Critical risk',
  } as const;
  return [
    grave[what.minSeverity],
    what.rules.length === 0
      ? 'that any rule finds'
      : `found by ${listOf(what.rules.map(quoted(names.rule)))}`,
    what.actorKinds.length === 0
      ? null
      : `done by ${listOf(
          what.actorKinds.map((kind) => ACTOR_KIND_WORDS[kind].toLowerCase()),
          'or',
        )}`,
    what.divisions.length === 0 ? null : `about ${listOf(what.divisions.map(names.division), 'or')}`,
    what.orgs.length === 0 ? null : `in ${listOf(what.orgs.map(names.org), 'or')}`,
  ]
    .filter((part) => part !== null)
    .join(' ');
}

function tellsOf({ who, channels }: AlertRule, names: RuleNames): string {
  const told = [...who.roles.map(roleOf), ...who.users.map(names.user)];
  const ways = channels.filter((id) => id !== 'inbox').map(names.channel);
  if (told.length === 0 && ways.length === 0) return 'tells nobody';
  if (told.length === 0) return `goes to ${listOf(ways)}`;
  return `tells ${listOf(told)} in their inbox${ways.length === 0 ? '' : `, and goes to ${listOf(ways)}`}`;
}

function digestOf(digest: NonNullable<AlertRule['digest']>): string {
  return digest.every === 'hour'
    ? `collected and sent once an hour`
    : `collected and sent once a day at ${digest.at} ${digest.zone}`;
}

function quietOf(quiet: NonNullable<AlertRule['quietHours']>): string {
  const held =
    quiet.exceptFrom === 'low' ? 'nothing is held back' : `held back below ${quiet.exceptFrom} risk`;
  return `${held} from ${quiet.from} to ${quiet.to} ${quiet.zone}${daysOf(quiet.days)}`;
}

function daysOf(days: readonly (typeof WEEKDAYS)[number][]): string {
  const ordered = WEEKDAYS.filter((day) => days.includes(day));
  if (ordered.length === WEEKDAYS.length) return '';
  return ` on ${listOf(ordered.map((day) => WEEKDAY_WORDS[day]))}`;
}

function escalationOf(escalation: NonNullable<AlertRule['escalation']>, names: RuleNames): string {
  const further = [...escalation.roles.map(roleOf), ...escalation.channels.map(names.channel)];
  const whom = further.length === 0 ? 'nobody further' : listOf(further);
  return `if nobody takes it within ${minutesOf(escalation.afterMinutes)}, ${whom} too`;
}

function minutesOf(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'a day' : `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

function roleOf(role: keyof typeof ROLE_WORDS): string {
  return `${ROLE_WORDS[role].toLowerCase()}s`;
}

function quoted(nameOf: (id: string) => string): (id: string) => string {
  return (id) => `“${nameOf(id)}”`;
}

/** `a`, `a and b`, `a, b and c`. */
function listOf(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}
