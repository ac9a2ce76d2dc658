import type { Drift, FoundDrift, HrFacts } from './drift';
import type { DriftResident, DriftRule } from './drift-rule';
import type { ClientSubject, Person, ReconcileContext, UserSubject } from './subject';

type Said = { readonly rule: Pick<DriftRule, 'id' | 'rank'>; readonly drift: Drift };

/**
 * What the rules say of a person: one item per right. Where several rules speak of one right, the one of the lowest rank leads
 * and takes up the others' reasons, so that one wrong right is one thing to do. Whoever has left is told as such alone: every
 * right goes with the account.
 */
export function judgeUser(
  user: UserSubject,
  residents: readonly DriftResident[],
  context: ReconcileContext,
): FoundDrift[] {
  const said = residents
    .flatMap(({ rule }): Said[] =>
      rule.on === 'user' ? rule.judge(user, context).map((drift) => ({ rule, drift })) : [],
    )
    .sort((a, b) => a.rule.rank - b.rule.rank || (a.rule.id < b.rule.id ? -1 : 1));
  const person = user.match?.kind === 'matched' ? user.match.person : null;
  const byRight = new Map<string, Said[]>();
  for (const one of said) {
    const right = `${one.drift.right.kind}/${one.drift.right.id}`;
    byRight.set(right, [...(byRight.get(right) ?? []), one]);
  }
  return [...byRight.values()].flatMap(([lead, ...others]) =>
    lead === undefined
      ? []
      : [
          found(lead, others, {
            subjectId: user.id,
            userId: user.id,
            userName: user.name,
            personKey: person?.key ?? null,
            hr: person === null ? null : hrFactsOf(person),
          }),
        ],
  );
}

/** As `judgeUser`, for an OAuth client. */
export function judgeClient(
  client: ClientSubject,
  residents: readonly DriftResident[],
  context: ReconcileContext,
): FoundDrift[] {
  return residents.flatMap(({ rule }) =>
    rule.on === 'client'
      ? rule.judge(client, context).map((drift) =>
          found({ rule, drift }, [], {
            subjectId: client.id,
            userId: null,
            userName: null,
            personKey: null,
            hr: null,
          }),
        )
      : [],
  );
}

/** HR's facts of a person as they are shown. */
export function hrFactsOf(person: Person): HrFacts {
  return {
    department: person.department,
    title: person.title,
    status: person.status,
    manager: person.manager,
    division: person.authorizedDivision,
    terminatedAt: person.terminatedAt?.toISOString() ?? null,
  };
}

function found(
  { rule, drift }: Said,
  others: readonly Said[],
  of: Pick<FoundDrift, 'userId' | 'userName' | 'personKey' | 'hr'> & { readonly subjectId: string },
): FoundDrift {
  const { subjectId, ...rest } = of;
  const reasons = [...drift.reasons, ...others.flatMap((other) => other.drift.reasons)];
  return {
    ...drift,
    ...rest,
    reasons: [...new Set(reasons)],
    key: `${rule.id}/${subjectId}/${drift.right.id}`,
    rule: rule.id,
    riskBasis: riskBasisOf(drift),
  };
}

/** What the risk rests on: the right, the ways it is held, and what should be. An acceptance goes stale when one of them differs. */
function riskBasisOf(drift: Drift): string {
  return [
    `${drift.right.kind}:${drift.right.name ?? drift.right.id}`,
    `ways:${[...(drift.directly ? ['direct'] : []), ...drift.through.map(({ id }) => id).sort()].join(',')}`,
    `in:${[...drift.divisionIds].sort().join(',')}`,
    `expected:${drift.expected.words}`,
  ].join(' ');
}
