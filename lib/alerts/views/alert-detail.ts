import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { ruleById, ruleTitle } from '@/lib/detections/catalogue';
import { findingsById } from '@/lib/findings/read-findings';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import type { AlertDetailDto } from '../contract/alerts';
import { alertEvents } from '../store/alert/alert-events';
import { findingsInAlert, formerIds, responsesInAlert } from '../store/alert/alert-parts';
import { findAlert } from '../store/alert/alert-reads';
import { alertDtos } from './alert-dto';
import { deliveryDtosOfAlert } from './deliveries';

/** Findings of one alert that its page lists; the gravest come first. */
const MAX_ITEMS = 1_000;

/** One alert with its findings, deliveries and history; an id of before it was merged leads to the one it went on in. */
export const viewAlert = view<{ id: string }, AlertDetailDto>(
  {
    permission: 'alerts.read',
    journal: ({ id }, found) => ({
      action: 'alert.viewed',
      objectType: 'alert',
      objectId: id,
      orgId: found.orgId,
    }),
  },
  ({ sql }, { id }) => alertDetail(sql, id),
);

/** The alert's page, for views and for answers to who just acted on it. Throws `not_found`. */
export async function alertDetail(sql: Sql, id: string): Promise<AlertDetailDto> {
  const alert = await current(sql, id);
  const [dto] = await alertDtos(sql, [alert]);
  if (dto === undefined) throw notFound();
  const former = (await formerIds(sql, [alert.id])).get(alert.id) ?? [];
  const ids = await findingsInAlert(sql, alert.id, MAX_ITEMS);
  const byId = new Map((await findingsById(sql, ids)).map((finding) => [finding.id, finding]));
  const items = ids.flatMap((findingId) => byId.get(findingId) ?? []);
  const deliveries = [];
  for (const one of [alert.id, ...former]) deliveries.push(...(await deliveryDtosOfAlert(sql, one)));
  return {
    ...dto,
    items: items.map((finding) => ({
      id: finding.id,
      rule: finding.rule,
      ruleTitle: ruleTitle(finding.rule),
      severity: finding.severity,
      sentence: finding.sentence,
      reasons: finding.reasons,
      occurredAt: toIso(finding.occurredAt),
      foundAt: toIso(finding.foundAt),
      changeIds: finding.changeIds,
      moveId: finding.moveId,
    })),
    deliveryList: deliveries,
    runbook: ruleById(dto.rules[0] ?? '')?.runbook ?? null,
    history: (await alertEvents(sql, [alert.id])).map(({ at, who, said }) => ({ at: toIso(at), who, said })),
    responseIds: await responsesInAlert(sql, alert.id),
    notSent: alert.notSent,
  };
}

async function current(sql: Sql, id: string) {
  let alert = await findAlert(sql, id);
  for (let steps = 0; alert?.mergedInto && steps < 100; steps++)
    alert = await findAlert(sql, alert.mergedInto);
  if (alert === null) throw notFound();
  return alert;
}

function notFound() {
  return requestError('not_found', 'cannot show the alert: there is none with this id that you may see');
}
