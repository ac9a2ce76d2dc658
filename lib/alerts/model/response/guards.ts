import { GUARDS, type Guard } from '@/lib/alerts/contract/responses';
import type { Evaluated } from '@/lib/kernel/outcome';
import { calledName, type Intent } from './response';

/** What one guard said, with the sentence. `not_evaluated` is never a pass. */
export type GuardOutcome = {
  readonly guard: Guard;
  readonly outcome: 'pass' | 'refuse' | 'not_evaluated';
  readonly because: string;
};

/** A privileged role that the target holds, and how many other active people hold it. */
export type Holding = { readonly role: string; readonly others: number };

export type ResponseLimits = { readonly perHour: number; readonly perDay: number };
/** How many responses an organisation carries out at most where its policy says nothing. */
export const DEFAULT_LIMITS: ResponseLimits = { perHour: 3, perDay: 10 };

/** All that the guards look at. */
export type GuardFacts = {
  readonly intent: Intent;
  /** Ids and e-mail addresses that no response touches. */
  readonly breakGlass: readonly string[];
  /** Addresses of the target, of whom an OAuth client was made by; not evaluated where the directory does not know it. */
  readonly addresses: Evaluated<readonly string[]>;
  readonly ownClientIds: ReadonlySet<string>;
  readonly ownUserIds: ReadonlySet<string>;
  /** Privileged roles of the target; only asked of a user that is to be deactivated. */
  readonly holdings: Evaluated<readonly Holding[]>;
  readonly limits: ResponseLimits;
  /** Responses begun in the last hour and in the last 24, this one not counted. */
  readonly begun: { readonly hour: number; readonly day: number };
  /** Null: what was found still stands; a sentence: why it does not. */
  readonly changedSince: Evaluated<string | null>;
  /** Permissions that our client lacks for it. */
  readonly lacking: Evaluated<readonly string[]>;
};

/** What every guard says, in their fixed order. An undo gives back what a response took, so nothing but its own conditions is asked. */
export function judgeGuards(facts: GuardFacts): readonly GuardOutcome[] {
  return GUARDS.map((guard) => ({ guard, ...JUDGES[guard](facts) }));
}

/** Whether it may be done without a person: every guard passes. */
export function allPass(outcomes: readonly GuardOutcome[]): boolean {
  return outcomes.length === GUARDS.length && outcomes.every(({ outcome }) => outcome === 'pass');
}

/** The first refusal, or null. */
export function firstRefusal(outcomes: readonly GuardOutcome[]): GuardOutcome | null {
  return outcomes.find(({ outcome }) => outcome === 'refuse') ?? null;
}

type Judgement = Omit<GuardOutcome, 'guard'>;
const pass = (because: string): Judgement => ({ outcome: 'pass', because });
const refuse = (because: string): Judgement => ({ outcome: 'refuse', because });
const unknown = (because: string): Judgement => ({ outcome: 'not_evaluated', because });

const JUDGES: Readonly<Record<Guard, (facts: GuardFacts) => Judgement>> = {
  break_glass: ({ intent, breakGlass, addresses }) => {
    const name = calledName(intent.target);
    if (intent.undoOf !== null) return pass('It gives back what a response took.');
    const exempt = new Set(breakGlass.map(folded));
    if (exempt.has(folded(intent.target.id))) return refuse(`${name} is on the break-glass list.`);
    if (exempt.size === 0) return pass('Nobody is on the break-glass list.');
    // A list of ids alone needs no address; one that holds addresses cannot be held against nobody.
    if (addresses.kind === 'not_evaluated')
      return [...exempt].some((entry) => entry.includes('@'))
        ? unknown(`Whether ${name} is on the break-glass list could not be told: ${addresses.because}.`)
        : pass(`${name} is not on the break-glass list.`);
    return addresses.value.some((address) => exempt.has(folded(address)))
      ? refuse(`${name} is on the break-glass list.`)
      : pass(`${name} is not on the break-glass list.`);
  },
  last_admin: ({ intent, holdings }) => {
    if (intent.kind !== 'deactivate_user') return pass('It takes no person’s roles away.');
    if (intent.undoOf !== null) return pass('It gives a person’s access back.');
    const name = calledName(intent.target);
    if (holdings.kind === 'not_evaluated')
      return unknown(`Whether ${name} is the last administrator could not be told: ${holdings.because}.`);
    const last = holdings.value.filter(({ others }) => others < 1).map(({ role }) => role);
    if (last.length > 0) return refuse(`${name} is the last active holder of ${last.join(', ')}.`);
    return pass(
      holdings.value.length === 0
        ? `${name} holds no privileged role.`
        : `Others hold ${holdings.value.map(({ role }) => role).join(', ')}, too.`,
    );
  },
  own_client: ({ intent, ownClientIds }) =>
    has(ownClientIds, intent.target.id)
      ? refuse('It is the OAuth client of this product.')
      : pass('It is not the OAuth client of this product.'),
  own_user: ({ intent, ownUserIds }) =>
    has(ownUserIds, intent.target.id)
      ? refuse('It is the account of this product.')
      : pass('It is not an account of this product.'),
  limit_per_hour: (facts) => withinLimit(facts, 'hour', facts.limits.perHour, facts.begun.hour),
  limit_per_day: (facts) => withinLimit(facts, 'day', facts.limits.perDay, facts.begun.day),
  still_holds: ({ changedSince }) => {
    if (changedSince.kind === 'not_evaluated')
      return unknown(`Whether it still stands could not be read: ${changedSince.because}.`);
    return changedSince.value === null ? pass('What was found still stands.') : refuse(changedSince.value);
  },
  permission: ({ lacking }) => {
    if (lacking.kind === 'not_evaluated')
      return unknown(`Whether our OAuth client may do it could not be told: ${lacking.because}.`);
    return lacking.value.length === 0
      ? pass('Our OAuth client holds the permissions for it.')
      : refuse(`Our OAuth client lacks ${lacking.value.join(', ')}.`);
  },
};

function withinLimit({ intent }: GuardFacts, per: 'hour' | 'day', limit: number, begun: number): Judgement {
  if (intent.undoOf !== null) return pass('What gives back is not counted.');
  const counted = `${begun} of ${limit} responses a${per === 'hour' ? 'n' : ''} ${per} are used up`;
  return begun < limit ? pass(`${counted}.`) : refuse(`The limit is reached: ${counted}.`);
}

function has(ids: ReadonlySet<string>, id: string): boolean {
  const wanted = folded(id);
  return [...ids].some((one) => folded(one) === wanted);
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
