import { Refusal } from '../http/exchange.ts';
import type { ChangeRequest } from '../outside/change-requests.ts';
import type { Issue } from '../outside/jira-issues.ts';
import type { Sandbox } from '../sandbox.ts';
import { DAY, HOUR } from '../world/clock.ts';

const FATES = ['approve', 'reject', 'cancel', 'withdraw', 'touch', 'delete'] as const;
const STATUS = {
  approve: 'Approved',
  reject: 'Rejected',
  cancel: 'Cancelled',
  withdraw: 'In Review',
  touch: 'Done',
};
const MANY = 200_000;

/**
 * Something happens to a ticket now: `approve`, `reject`, `cancel`, `withdraw`, `touch` (it moves, and nobody decides anything) or
 * `delete`. The key is that of an issue or the number of a change request.
 */
export function ticketFate(sandbox: Sandbox, key: string, fate: string): { key: string; fate: string } {
  const known = FATES.find((one) => one === fate);
  if (known === undefined)
    throw new Refusal(400, 'bad.request', `unknown fate; there are: ${FATES.join(', ')}`);
  const { jira, serviceNow } = sandbox.history.desk;
  const issue = jira.issues.get(key);
  const request = serviceNow.changes.get(key);
  if (issue === undefined && request === undefined)
    throw new Refusal(404, 'not.found', `there is no ticket ${key}`);
  if (known === 'delete') {
    jira.issues.delete(key);
    serviceNow.changes.delete(key);
  } else {
    if (issue !== undefined) moveIssue(issue, STATUS[known]);
    if (request !== undefined) decide(request, known);
  }
  return { key, fate };
}

function moveIssue(issue: Issue, to: string): void {
  const from = issue.transitions.at(-1)?.to ?? 'To Do';
  issue.transitions.push({ at: Date.now(), from, to, author: 'Hamza Qureshi' });
}

function decide(request: ChangeRequest, fate: Exclude<(typeof FATES)[number], 'delete'>): void {
  const now = Date.now();
  request.trace = 'sys_audit';
  if (fate === 'approve')
    Object.assign(request, { approval: 'approved', approvalSetAt: now, withdrawnAt: null });
  else if (fate === 'reject') Object.assign(request, { approval: 'rejected', rejectedAt: now });
  else if (fate === 'cancel') Object.assign(request, { state: '4', cancelledAt: now });
  else if (fate === 'withdraw') Object.assign(request, { approval: 'requested', withdrawnAt: now });
  else Object.assign(request, { state: '-1', implementedAt: now });
}

/**
 * Opens a ticket now, under the key asked for where one is given. Body: `system` (`jira` or `servicenow`), `key`, `summary`,
 * `approved` (default false), and for a change request `from` and `to` of its window.
 */
export function openTicket(sandbox: Sandbox, body: Record<string, unknown>): { key: string } {
  const { jira, serviceNow } = sandbox.history.desk;
  const now = Date.now();
  const summary = String(body.summary ?? 'Opened now');
  const key = typeof body.key === 'string' ? body.key : null;
  const approved = body.approved === true;
  if (body.system === 'servicenow') {
    const request = serviceNow.open({
      summary,
      startAt: instant(body.from) ?? now - DAY,
      endAt: instant(body.to) ?? now + HOUR,
      createdAt: now,
      approvedAt: approved ? now : null,
    });
    return { key: rename(serviceNow.changes, request, { key, field: 'number' }) };
  }
  const issue = jira.open({
    project: 'NWC',
    summary,
    createdAt: now,
    walk: approved ? [[now, 'Approved']] : [[now, 'In Review']],
  });
  return { key: rename(jira.issues, issue, { key, field: 'key' }) };
}

function instant(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

function rename<T extends object>(
  all: Map<string, T>,
  made: T,
  to: { readonly key: string | null; readonly field: keyof T & string },
): string {
  const own = String(made[to.field]);
  if (to.key === null || to.key === own) return own;
  all.delete(own);
  all.set(to.key, Object.assign(made, { [to.field]: to.key }));
  return to.key;
}

/** Opens `count` issues at once, as an import does: none of them is cited. Body: `count`, `approved`. */
export function importTickets(sandbox: Sandbox, body: Record<string, unknown>): { opened: number } {
  const count = Number(body.count ?? 1_000);
  if (!Number.isInteger(count) || count < 1 || count > MANY)
    throw new Refusal(400, 'bad.request', `count must be between 1 and ${MANY}`);
  const { jira } = sandbox.history.desk;
  const now = Date.now();
  for (let n = 0; n < count; n += 1)
    jira.open({
      project: 'TEL',
      summary: `Imported ${n}`,
      createdAt: now,
      walk: body.approved === true ? [[now, 'Approved']] : [],
    });
  return { opened: count };
}
