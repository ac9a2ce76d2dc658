import { policyHistory } from '@/lib/auth/settings/policy-history';
import type { Sql } from '@/lib/db/sql';
import { type AllowList, allowListOf } from './model/judge/judge-address';
import { inForceAt, type ReviewPolicy } from './model/judge/review';

/** What recording is handed of the policy in force; used where no version of it was ever kept. */
export type GivenPolicy = {
  readonly ipAllowList?: readonly string[] | undefined;
  readonly moveReview?: ReviewPolicy | undefined;
};

/** The parts of the policy that moves are judged by, as of an instant; null: nothing was set then. */
export type MovePolicies = {
  readonly allowListAt: (at: Date) => AllowList | null;
  readonly reviewAt: (at: Date) => ReviewPolicy | null;
};

/**
 * The policy as it stood when a move's record was received: what is set later holds for new moves, and a rebuild gives the same
 * rows. Its versions decide; where there are none, what is given.
 */
export async function loadPolicies(sql: Sql, orgId: string, given: GivenPolicy): Promise<MovePolicies> {
  const addresses = await policyHistory(sql, { part: 'ipAllowList', orgId });
  const reviews = await policyHistory(sql, { part: 'moveReview', orgId });
  const lists = addresses.map((period) => ({ ...period, value: allowListOf(period.value) }));
  const givenList = given.ipAllowList === undefined ? undefined : allowListOf(given.ipAllowList);
  return {
    allowListAt: (at) => inForceAt(lists, at, givenList),
    reviewAt: (at) => inForceAt(reviews, at, given.moveReview),
  };
}
