import type { Sql } from '@/lib/db/sql';
import { planSteps } from '../model/response/plan-steps';
import type { Response } from '../model/response/response';
import { appendStep } from '../store/response/step-facts';

/** Keeps what was read of the target as the first step's state before; the plan itself follows from the response. */
export async function keepPlan(
  sql: Sql,
  response: Response,
  seen: { readonly state: Readonly<Record<string, unknown>> | null; readonly now: Date },
): Promise<void> {
  const [first] = planSteps(response);
  if (seen.state === null || first === undefined) return;
  const { n, doing, call } = first;
  await appendStep(
    sql,
    { orgId: response.orgId, responseId: response.id },
    {
      n,
      event: 'planned',
      at: seen.now,
      outcome: null,
      content: { doing, call, before: seen.state, after: null, because: null, calls: [] },
    },
  );
}
