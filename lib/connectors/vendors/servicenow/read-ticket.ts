import { idsInText, type Ticket, type TicketDecision, type TicketStatusStep } from '../../model/ticket';
import { type ApproverRow, type AuditRow, type ChangeRequest, instantOf } from './answers';

/** Out-of-the-box values of `change_request.state`; customised ones keep their own text. */
const STATES: Readonly<Record<string, string>> = {
  '-5': 'New',
  '-4': 'Assess',
  '-3': 'Authorize',
  '-2': 'Scheduled',
  '-1': 'Implement',
  '0': 'Review',
  '3': 'Closed',
  '4': 'Canceled',
};
const CANCELED = '4';

export type Trail = {
  /** Rows of sys_audit for `approval` and `state`; empty too where our account may not read them. */
  readonly audit: readonly AuditRow[];
  readonly approvers: readonly ApproverRow[];
};

/**
 * The change request as a ticket. When it was approved is told by sys_audit, else by the approvers' rows, else by `approval_set`; each
 * decision says by which.
 */
export function ticketOf(asked: { key: string; site: URL }, request: ChangeRequest, trail: Trail): Ticket {
  const from = instantOf(request.start_date);
  const to = instantOf(request.end_date);
  const steps = stateSteps(trail.audit);
  return {
    system: 'servicenow',
    key: asked.key,
    title: request.short_description.value || null,
    type: request.type.value || null,
    emergency: request.type.value.toLowerCase() === 'emergency',
    createdAt: instantOf(request.sys_created_on),
    firstStatus: steps[0] === undefined ? null : (steps[0].from ?? null),
    statusSteps: steps.map(({ at, to: state, by }): TicketStatusStep => ({ at, to: state, by })),
    decisions: decisionsOf(request, trail),
    window: from !== null && to !== null ? { from, to } : null,
    objects: objectsOf(request),
    otherIds: [],
    ...(request['cmdb_ci.name'].value === '' ? {} : { itemName: request['cmdb_ci.name'].value }),
    url: new URL(
      `nav_to.do?uri=change_request.do?sys_id=${encodeURIComponent(request.sys_id.value)}`,
      asked.site,
    ).href,
  };
}

type Step = TicketStatusStep & { readonly from: string | null };

function stateSteps(audit: readonly AuditRow[]): Step[] {
  return inOrder(
    audit.flatMap((row): Step[] => {
      const at = instantOf(row.sys_created_on);
      if (row.fieldname.value !== 'state' || at === null) return [];
      return [
        {
          at,
          from: stateName(row.oldvalue.value),
          to: stateName(row.newvalue.value) ?? 'unknown',
          by: row.user.shown || null,
        },
      ];
    }),
  );
}

function stateName(value: string): string | null {
  return value === '' ? null : (STATES[value] ?? value);
}

function decisionsOf(request: ChangeRequest, trail: Trail): TicketDecision[] {
  const audited = auditedDecisions(trail.audit);
  const approvals = audited.filter((decision) => decision.verdict !== 'cancelled');
  const cancellations = audited.filter((decision) => decision.verdict === 'cancelled');
  const dated =
    approvals.length > 0
      ? approvals
      : firstOf(approverDecisions(request, trail.approvers), approvalSet(request));
  return inOrder([...dated, ...(cancellations.length > 0 ? cancellations : undatedCancellation(request))]);
}

function firstOf(...choices: readonly TicketDecision[][]): TicketDecision[] {
  return choices.find((decisions) => decisions.length > 0) ?? [];
}

function auditedDecisions(audit: readonly AuditRow[]): TicketDecision[] {
  return inOrder(
    audit.flatMap((row): TicketDecision[] => {
      const at = instantOf(row.sys_created_on);
      const verdict = at === null ? null : auditedVerdict(row);
      return at === null || verdict === null
        ? []
        : [{ at, verdict, by: row.user.shown || null, basis: 'sys_audit' }];
    }),
  );
}

function auditedVerdict(row: AuditRow): TicketDecision['verdict'] | null {
  const to = row.newvalue.value.toLowerCase();
  if (row.fieldname.value === 'state') return to === CANCELED ? 'cancelled' : null;
  if (row.fieldname.value !== 'approval') return null;
  if (to === 'approved' || to === 'rejected') return to;
  return row.oldvalue.value.toLowerCase() === 'approved' ? 'withdrawn' : null;
}

/** A request of several approvers is approved when the last of them has signed; one rejection is enough to reject. */
function approverDecisions(request: ChangeRequest, rows: readonly ApproverRow[]): TicketDecision[] {
  const decided = rows.flatMap((row) => {
    const at = instantOf(row.sys_updated_on);
    return at === null ? [] : [{ at, state: row.state.value.toLowerCase(), by: row.approver.shown || null }];
  });
  const rejection = inOrder(decided.filter((row) => row.state === 'rejected'))[0];
  const approval = request.approval.value.toLowerCase();
  if (rejection !== undefined && approval !== 'approved')
    return [{ at: rejection.at, verdict: 'rejected', by: rejection.by, basis: 'approver' }];
  const approvals = inOrder(decided.filter((row) => row.state === 'approved'));
  const last = approvals.at(-1);
  if (last === undefined || approval !== 'approved') return [];
  return approvals.map(({ by }) => ({ at: last.at, verdict: 'approved', by, basis: 'approver' }));
}

function approvalSet(request: ChangeRequest): TicketDecision[] {
  const verdict = request.approval.value.toLowerCase();
  const at = instantOf(request.approval_set);
  if ((verdict !== 'approved' && verdict !== 'rejected') || at === null) return [];
  return [{ at, verdict, by: null, basis: 'approval_set' }];
}

/** Cancelled, and no history says when: at its last update at the latest. */
function undatedCancellation(request: ChangeRequest): TicketDecision[] {
  const at = instantOf(request.sys_updated_on);
  if (request.state.value !== CANCELED || at === null) return [];
  return [{ at, verdict: 'cancelled', by: null, basis: 'last_update' }];
}

function objectsOf(request: ChangeRequest): string[] {
  const item = [request.cmdb_ci.value, request['cmdb_ci.correlation_id'].value].filter((id) => id !== '');
  return [
    ...new Set([
      ...item,
      ...idsInText(request.short_description.value),
      ...idsInText(request.description.value),
    ]),
  ];
}

function inOrder<Dated extends { readonly at: Date }>(items: readonly Dated[]): Dated[] {
  return [...items].sort((left, right) => left.at.getTime() - right.at.getTime());
}
