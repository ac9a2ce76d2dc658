import type { Sql } from '@/lib/db/sql';
import { excusesOf } from '../excuses/excuses-of';
import type { Cited } from '../judge-batch';
import { type Citation, withFound } from '../model/citation';
import type { Claim, JudgedChange } from '../model/claim';
import { claimKey, type Standing, standingOf } from '../model/manual/link-decision';
import { citationsOf, underDecisions } from '../model/manual/under-decisions';
import { readCitations } from '../model/read-citations';
import type { ChangeToLink } from '../store/changes-to-link';
import { itemCitations } from '../store/citations';
import { decisionsOf } from '../store/manual/link-decisions';

const NOTHING: Standing = { attached: [], struck: [] };

/** Each change with what its text cites, what people attached to it, and the tickets whose configuration item it changed. */
export async function citedBy(sql: Sql, orgId: string, changes: readonly ChangeToLink[]): Promise<Cited[]> {
  const ids = changes.map((change) => change.id);
  const decisions = await decisionsOf(sql, orgId, ids);
  const items = await itemCitations(sql, orgId, ids);
  return changes.map((change) => {
    const citations = withFound(readCitations(change.citableText), items.get(change.id) ?? []);
    const said = decisions.get(change.id);
    return {
      change,
      citations: said === undefined ? citations : [...citations, ...citationsOf(standingOf(said), citations)],
    };
  });
}

/** What people decided about the changes of a batch, as it stands in this transaction. */
export type WordsOfPeople = {
  /** The claims under the decisions about their change. */
  readonly claimsOf: (
    of: { readonly change: ChangeToLink; readonly target: JudgedChange; readonly last: readonly Claim[] },
    claims: readonly Claim[],
  ) => Claim[];
  /** Whether the citation stands in the change, or was never attached by hand alone and taken back since. */
  readonly counts: (change: ChangeToLink, citation: Citation) => boolean;
  /** Whether a person attached what the citation names. */
  readonly isAttached: (change: ChangeToLink, citation: Citation) => boolean;
  readonly anythingStruck: (change: ChangeToLink) => boolean;
  readonly excuseOf: (change: ChangeToLink) => string | null;
};

/** Reads them. Within the transaction that writes the verdicts, so that a decision made meanwhile is not overlooked. */
export async function wordsOfPeople(
  sql: Sql,
  orgId: string,
  changes: readonly ChangeToLink[],
): Promise<WordsOfPeople> {
  const decisions = await decisionsOf(
    sql,
    orgId,
    changes.map((change) => change.id),
  );
  const excuses = await excusesOf(sql, orgId, changes);
  const standing = new Map([...decisions].map(([id, said]) => [id, standingOf(said)]));
  const of = (change: ChangeToLink) => standing.get(change.id) ?? NOTHING;
  return {
    claimsOf: ({ change, target, last }, claims) =>
      underDecisions(claims, { standing: of(change), change: target, cited: citedIn(change), last }),
    counts: (change, citation) => {
      const key = claimKey(citation);
      const once = decisions.get(change.id)?.some((one) => one.what === 'attached' && claimKey(one) === key);
      if (once !== true || citedIn(change).has(key)) return true;
      return of(change).attached.some((one) => claimKey(one) === key);
    },
    isAttached: (change, citation) => of(change).attached.some((one) => claimKey(one) === claimKey(citation)),
    anythingStruck: (change) => of(change).struck.length > 0,
    excuseOf: (change) => excuses.get(change.id) ?? null,
  };
}

function citedIn(change: ChangeToLink): ReadonlySet<string> {
  return new Set(readCitations(change.citableText).map(claimKey));
}
