import type { Sql } from '@/lib/db/sql';
import type { Finding } from '@/lib/findings/model/concern';
import type { StandingConcern } from '@/lib/findings/model/standing';
import { clearUnseen, noteHolding, noteNotEvaluated } from '@/lib/findings/note-standing';
import { controlById, controlSha256 } from './catalogue';
import type { Control, Observation } from './model/control';
import { type ControlResult, findingKey } from './model/run';

/**
 * Keeps what failing observations say as findings that hold, clears those that a run no longer saw, and marks those that it could
 * not look at. A control that does not apply holds nothing. Returns the findings that are new.
 */
export async function noteControlFindings(
  sql: Sql,
  run: {
    readonly orgId: string;
    readonly results: readonly ControlResult[];
    readonly checkedAt: Date;
    readonly now: Date;
  },
): Promise<Finding[]> {
  const { orgId, results, checkedAt, now } = run;
  const concerns = results.flatMap((result) => {
    const control = controlById(result.controlId);
    if (control === null || result.outcome === 'not_applicable') return [];
    return result.observations
      .filter((one) => one.ok === false)
      .map((one) => concernOf(control, one, { checkedAt, now }));
  });
  const raised = await noteHolding(sql, { orgId, concerns, checkedAt, ruleSha256Of: controlSha256, now });
  for (const result of results) {
    const rules = [result.controlId];
    const because = result.because ?? 'it could not be told';
    if (result.outcome === 'not_evaluated' && result.observations.length === 0) {
      await noteNotEvaluated(sql, { orgId, rules, because, checkedAt, now });
      continue;
    }
    const untold = result.observations.filter((one) => one.ok === null);
    const keepKeys = untold.map((one) => findingKey(result.controlId, one.key));
    if (untold.length > 0)
      await noteNotEvaluated(sql, { orgId, rules, keys: keepKeys, because, checkedAt, now });
    await clearUnseen(sql, { orgId, rules, checkedAt, keepKeys, now });
  }
  return raised;
}

function concernOf(
  control: Control,
  observation: Observation,
  at: { readonly checkedAt: Date; readonly now: Date },
): StandingConcern {
  const severity = observation.severity ?? control.severity;
  return {
    key: findingKey(control.id, observation.key),
    rule: control.id,
    severity,
    subject: observation.subject ?? {
      type: 'Setting',
      id: `${control.id}/${observation.key}`,
      name: observation.what,
    },
    sentence: observation.sentence,
    reasons: [
      `${control.title}: ${control.promise}`,
      `required: ${observation.expected}; found: ${observation.actual}`,
    ],
    occurredAt: at.checkedAt,
    receivedAt: at.now,
    actor: null,
    changeIds: [],
    moveId: null,
    sessionId: null,
    divisionIds: [],
    responses: [],
    tell: [],
    unmutable: false,
    // The value that was found: an acceptance of one value says nothing about a worse one.
    riskBasis: `${severity}; ${observation.expected}; ${observation.actual}`,
  };
}
