import type { LinkClaimDto } from '@/lib/changes/contract';
import type { TicketNowDto, VerdictDto } from '@/lib/changes/contract/links';
import { statusAt } from '@/lib/connectors/model/ticket';
import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import type { Claim } from './model/claim';
import { storedClaim } from './model/stored-claim';
import { allEvaluations, lastEvaluations } from './store/evaluations';
import { keptTickets } from './store/kept-tickets';
import { type LastLookup, lastLookups } from './store/last-lookups';

/** The claims of each change that has any, best first; a source that has not answered since is said so. */
export async function readClaims(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<Map<string, LinkClaimDto[]>> {
  if (changeIds.length === 0) return new Map();
  const evaluations = await lastEvaluations(sql, orgId, changeIds);
  const references = [...evaluations.values()].flatMap((evaluation) =>
    evaluation.claims.map((claim) => claim.reference),
  );
  const lookups = await lastLookups(sql, orgId, [...new Set(references)]);
  return new Map(
    [...evaluations].map(([changeId, evaluation]) => [
      changeId,
      evaluation.claims.map((claim) => claimDto(claim, evaluation.decidedAt, lookups)),
    ]),
  );
}

/** Every verdict on each change, oldest first; changes never judged have none. */
export async function readVerdicts(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<Map<string, VerdictDto[]>> {
  const verdicts = new Map<string, VerdictDto[]>();
  if (changeIds.length === 0) return verdicts;
  for (const one of await allEvaluations(sql, orgId, changeIds)) {
    const before = verdicts.get(one.changeId) ?? [];
    verdicts.set(one.changeId, [
      ...before,
      {
        decidedAt: toIso(one.decidedAt),
        linkage: one.linkage,
        planning: one.planning,
        reason: one.reason,
        before: before.at(-1)?.linkage ?? null,
        because: reasonInWords(one.claims),
        cause: one.cause,
        ticket: one.ticket,
      },
    ]);
  }
  return verdicts;
}

/** The tickets behind the claims as they are now, in the order of the claims: what was last read of each. */
export async function readTicketsNow(
  sql: Sql,
  orgId: string,
  claims: readonly Pick<LinkClaimDto, 'kind' | 'reference'>[],
): Promise<TicketNowDto[]> {
  const tickets: TicketNowDto[] = [];
  for (const system of ['jira', 'servicenow'] as const) {
    const keys = claims.flatMap((claim) => (claim.kind === system ? [claim.reference] : []));
    for (const [key, kept] of await keptTickets(sql, { orgId, system, keys })) {
      const { ticket } = kept;
      const decision = ticket.decisions.at(-1);
      const step = ticket.statusSteps.at(-1);
      tickets.push({
        kind: system,
        reference: key,
        status: step?.to ?? statusAt(ticket, kept.readAt),
        statusSince: step === undefined ? null : toIso(step.at),
        decision:
          decision === undefined
            ? null
            : { verdict: decision.verdict, at: toIso(decision.at), by: decision.by },
        emergency: ticket.emergency,
        checkedAt: kept.checkedAt === null ? null : toIso(kept.checkedAt),
        goneSince: kept.goneSince === null ? null : toIso(kept.goneSince),
        notCheckedBecause: kept.because,
      });
    }
  }
  return tickets;
}

/** What the best claim rests on; null where nothing is claimed. */
function reasonInWords(claims: readonly Claim[]): string | null {
  const [best] = claims;
  if (best === undefined) return null;
  const [reason] = best.reasons;
  return reason === undefined ? best.reference : `${best.reference}: ${reason}`;
}

function claimDto(claim: Claim, decidedAt: Date, lookups: ReadonlyMap<string, LastLookup>): LinkClaimDto {
  const stored = storedClaim(claim);
  const last = lookups.get(`${claim.kind === 'commit' ? 'git' : claim.kind} ${claim.reference}`);
  const because = claim.reason === 'not_evaluated' ? null : (last?.because ?? null);
  return {
    kind: stored.kind,
    reference: stored.reference,
    status: stored.status,
    reasons:
      last === undefined || because === null
        ? stored.reasons
        : [...stored.reasons, `not re-checked since ${toIso(last.lookedUpAt)}: ${because}`],
    foundBy: stored.foundBy,
    confidence: stored.confidence,
    ticketStatusAtChange: stored.statusAtChange,
    approvedAt: stored.approvedAt,
    approvers: stored.approvers,
    window: stored.window,
    namesTarget: stored.namesTarget,
    url: stored.url,
    title: stored.title,
    // A verdict that came to the same again is not written again; that it was looked up is.
    checkedAt: toIso(last !== undefined && last.lookedUpAt > decidedAt ? last.lookedUpAt : decidedAt),
  };
}
