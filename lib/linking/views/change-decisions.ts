import { view } from '@/lib/auth/view';
import { actorOf } from '@/lib/auth/viewer';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import type { AttachPreviewDto, ChangeDecisionsDto } from '../contract/manual';
import { addressee } from '../justifications/ask-justification';
import type { Attachable } from '../manual/attach-link';
import { mayDecide } from '../manual/may-decide';
import { storedClaim } from '../model/stored-claim';
import { lastEvaluations } from '../store/evaluations';
import { decidableChange } from '../store/manual/decidable-changes';
import { readExcuseRules } from '../store/manual/excuse-rows';
import { requestsAbout } from '../store/manual/justification-rows';
import { decisionsOf } from '../store/manual/link-decisions';
import { requestDtos } from './request-dto';

const NO_ROLE = 'Your role looks and does not decide: an officer or administrator can.';
const NOT_ACCOUNTABLE = 'It is not an accountable change: nothing has to authorise it.';

/** What people decided about the links of a change, whether the viewer may, and what its actor was asked. Throws `not_found`. */
export const viewChangeDecisions = view<{ readonly id: string }, ChangeDecisionsDto>(
  {
    permission: 'changes.read',
    journal: ({ id }) => ({ action: 'change_decisions.viewed', objectType: 'change', objectId: id }),
  },
  async ({ sql, viewer, now }, { id }) => {
    const change = await decidableChange(sql, viewer.orgIds, id);
    if (change === null)
      throw requestError(
        'not_found',
        'cannot show the decisions: there is no change with this id that you may see',
      );
    const { orgId } = change;
    const said = (await decisionsOf(sql, orgId, [id])).get(id) ?? [];
    const back = new Map(said.map((one) => [one.ofDecision, one]));
    const last = (await lastEvaluations(sql, orgId, [id])).get(id) ?? null;
    const rule =
      last === null || last.excuseRule === null
        ? undefined
        : (await readExcuseRules(sql, [orgId])).find((one) => one.id === last.excuseRule);
    const canDecide = ['admin', 'officer', 'privacy_officer'].includes(viewer.role);
    const mayRead = canDecide || viewer.role === 'auditor';
    return {
      mayDecide: !canDecide
        ? { allowed: false, because: NO_ROLE }
        : !change.accountable && !change.excused
          ? { allowed: false, because: NOT_ACCOUNTABLE }
          : await mayDecide(sql, change, actorOf(viewer)),
      decisions: said.flatMap((one) => {
        if (one.what === 'taken_back') return [];
        const taken = back.get(one.id);
        return [
          {
            id: one.id,
            what: one.what,
            kind: one.kind,
            reference: one.reference,
            at: toIso(one.decidedAt),
            by: one.decider,
            reason: one.reason,
            statement:
              one.statement === null
                ? null
                : { ...one.statement, approvedAt: toIso(one.statement.approvedAt) },
            claim: one.claim,
            takenBack:
              taken === undefined
                ? null
                : { at: toIso(taken.decidedAt), by: taken.decider, reason: taken.reason },
            sessionWord: one.batchId !== null,
            requestId: one.requestId,
          },
        ];
      }),
      excuse:
        rule === undefined
          ? null
          : {
              ruleId: rule.id,
              title: rule.terms.title,
              reason: rule.decisions[0]?.reason ?? '',
              approvedBy: rule.decisions.find((one) => one.what === 'approved')?.decider ?? '',
            },
      // Addresses and answers are personal: whoever may not see requests sees none here either.
      requests: mayRead ? await requestDtos(sql, await requestsAbout(sql, orgId, id), now) : [],
      askable: canDecide ? await addressee(sql, change) : null,
    };
  },
);

/** What naming something would come to, for the dialog. */
export function previewDto({ claim, because }: Attachable): AttachPreviewDto {
  const stored = storedClaim(claim);
  return {
    because,
    claim: {
      kind: stored.kind,
      reference: stored.reference,
      status: stored.status,
      title: stored.title,
      statusAtChange: stored.statusAtChange,
      approvedAt: stored.approvedAt,
      approvers: [...stored.approvers],
      window: stored.window,
      namesTarget: stored.namesTarget,
      confidence: stored.confidence,
      reasons: [...stored.reasons],
      url: stored.url,
    },
  };
}
