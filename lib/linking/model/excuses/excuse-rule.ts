/** Which changes a rule is about; all that is given must fit, and at least one thing is given. */
export type ExcuseMatcher = {
  readonly service?: string | undefined;
  readonly entityType?: string | undefined;
  readonly action?: string | undefined;
  /** Id of a person or OAuth client. */
  readonly actor?: string | undefined;
  /** Id of the division in which the object lay. */
  readonly division?: string | undefined;
  /** A property that is changed. */
  readonly property?: string | undefined;
};

export type ExcuseTerms = {
  readonly title: string;
  readonly matcher: ExcuseMatcher;
  /** Event times in [from, expiresAt) are excused. */
  readonly from: Date;
  readonly expiresAt: Date;
  /** Without this, nothing of high or critical risk is excused. */
  readonly withHighRisk: boolean;
  /** The rule whose place it takes when it is approved. */
  readonly replaces: string | null;
};

/** What a decision says beyond its words: the terms proposed, or from when on a withdrawn rule excuses nothing. */
export type ExcuseDecision = {
  readonly ruleId: string;
  readonly decidedAt: Date;
  readonly what: 'proposed' | 'approved' | 'refused' | 'withdrawn';
  readonly deciderId: string;
  readonly decider: string;
  readonly reason: string;
  readonly terms: ExcuseTerms | null;
  readonly endsAt: Date | null;
};

export const EXCUSE_STATES = ['proposed', 'refused', 'scheduled', 'active', 'expired', 'withdrawn'] as const;
export type ExcuseState = (typeof EXCUSE_STATES)[number];

export type ExcuseRule = {
  readonly id: string;
  readonly terms: ExcuseTerms;
  readonly decisions: readonly ExcuseDecision[];
  readonly proposedBy: { readonly id: string; readonly name: string };
  /** Event times that it excuses; null while nobody approved it, or where nothing is left of it. */
  readonly period: { readonly from: Date; readonly to: Date } | null;
};

/** From here on a change is excused only by a rule that says so in so many words. */
export const HIGH_RISK = 3;
/** No rule lasts longer: what needs no authorisation is thought over once a year. */
export const LONGEST_EXCUSE_DAYS = 365;

/** The rules that the decisions make, oldest first. Requires the decisions in their order. */
export function rulesOf(decisions: readonly ExcuseDecision[]): ExcuseRule[] {
  const byRule = new Map<string, ExcuseDecision[]>();
  for (const one of decisions) byRule.set(one.ruleId, [...(byRule.get(one.ruleId) ?? []), one]);
  return [...byRule].flatMap(([id, said]) => {
    const proposed = said.find((one) => one.what === 'proposed');
    if (proposed?.terms == null) return [];
    const { terms } = proposed;
    const approved = said.some((one) => one.what === 'approved');
    const endsAt = said.find((one) => one.what === 'withdrawn')?.endsAt ?? null;
    const to = endsAt !== null && endsAt < terms.expiresAt ? endsAt : terms.expiresAt;
    return [
      {
        id,
        terms,
        decisions: said,
        proposedBy: { id: proposed.deciderId, name: proposed.decider },
        period: approved && terms.from < to ? { from: terms.from, to } : null,
      },
    ];
  });
}

/** How the rule stands at the instant; it expires by itself. */
export function stateOf(rule: ExcuseRule, now: Date): ExcuseState {
  const said = new Set(rule.decisions.map((one) => one.what));
  if (said.has('withdrawn')) return 'withdrawn';
  if (said.has('refused')) return 'refused';
  if (now >= rule.terms.expiresAt) return 'expired';
  if (!said.has('approved')) return 'proposed';
  return now < rule.terms.from ? 'scheduled' : 'active';
}

/** A change as far as a rule reads it. */
export type Excusable = {
  readonly at: Date;
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  /** Ids of whoever acted: actor, user, client. */
  readonly actorIds: readonly (string | null)[];
  readonly divisionId: string | null;
  readonly properties: readonly string[];
  /** 1 low to 4 critical. */
  readonly risk: number;
};

/** The rule that excuses the change, or null: the first that was made, so that a later one never takes its changes over. */
export function excuseOf(change: Excusable, rules: readonly ExcuseRule[]): ExcuseRule | null {
  return (
    rules.find(
      ({ period, terms }) =>
        period !== null && period.from <= change.at && change.at < period.to && fits(terms, change),
    ) ?? null
  );
}

/** Whether the terms describe the change, whatever its time. */
export function fits(
  { matcher, withHighRisk }: Pick<ExcuseTerms, 'matcher' | 'withHighRisk'>,
  change: Excusable,
): boolean {
  const { service, entityType, action, actor, division, property } = matcher;
  // A matcher that says nothing would excuse everything.
  if ([service, entityType, action, actor, division, property].every((one) => one === undefined))
    return false;
  if (change.risk >= HIGH_RISK && !withHighRisk) return false;
  if (service !== undefined && service !== change.service) return false;
  if (entityType !== undefined && entityType !== change.entityType) return false;
  if (action !== undefined && action !== change.action) return false;
  if (division !== undefined && division !== change.divisionId) return false;
  if (property !== undefined && !change.properties.includes(property)) return false;
  return actor === undefined || change.actorIds.some((id) => id?.toLowerCase() === actor.toLowerCase());
}
