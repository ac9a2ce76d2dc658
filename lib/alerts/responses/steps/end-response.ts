import { appendJournal } from '@/lib/journal/append';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import type { Response } from '../../model/response/response';
import { appendDecision } from '../../store/response/decision-facts';
import { updateResponse } from '../../store/response/response-rows';
import { PRODUCT } from '../new-response';
import type { CarriedOut, CarryOutDependencies } from './dependencies';

/** Writes how a response ended: state, word and journal in one transaction. */
export async function endResponse(
  { db, now }: Pick<CarryOutDependencies, 'db' | 'now'>,
  response: Response,
  end: { readonly state: 'done' | 'failed'; readonly because: string },
): Promise<CarriedOut> {
  const at = now();
  await db.transaction(async (sql) => {
    await updateResponse(sql, response.id, { ...end, finishedAt: at });
    if (end.state === 'done' && response.undoOf !== null)
      await updateResponse(sql, response.undoOf, { undoneBy: response.id });
    const to = { orgId: response.orgId, responseId: response.id };
    await appendDecision(sql, to, { at, what: end.state, by: PRODUCT, reason: end.because, guards: null });
    await appendJournal(sql, {
      actor: SYSTEM_ACTOR,
      at,
      action: `response.${end.state}`,
      objectType: 'response',
      objectId: response.id,
      orgId: response.orgId,
      detail: {
        kind: response.kind,
        target: response.target.id,
        because: end.because,
        undoOf: response.undoOf,
      },
    });
  });
  return { state: end.state, again: false };
}
