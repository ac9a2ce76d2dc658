import type { ChangeRequest } from '../outside/change-requests.ts';
import { changeSchedules, type ScheduleSpan } from '../outside/change-schedules.ts';
import type { Sandbox } from '../sandbox.ts';
import { uuidOf } from '../world/chance.ts';

/** One field: the stored value and what a person sees. */
export type Field = { readonly value: string; readonly display: string; readonly table?: string };
export type Row = Record<string, Field>;

const STATES: Record<string, string> = {
  '-5': 'New',
  '-4': 'Assess',
  '-3': 'Authorize',
  '-2': 'Scheduled',
  '-1': 'Implement',
  '0': 'Review',
  '3': 'Closed',
  '4': 'Canceled',
};

/** The rows of a table, or null for a table this instance does not have. */
export function rowsOf(sandbox: Sandbox, table: string): Row[] | null {
  const site = sandbox.history.desk.serviceNow;
  const changes = [...site.changes.values()];
  if (table === 'change_request') return changes.map((change) => changeRow(sandbox, change));
  if (table === 'sysapproval_approver')
    return changes
      .filter((change) => change.trace !== 'approval_set')
      .flatMap((change) => approverRows(sandbox, change));
  if (table === 'sys_audit')
    return changes
      .filter((change) => change.trace === 'sys_audit')
      .flatMap((change) => auditRows(sandbox, change));
  if (table === 'cmdb_ci')
    return [...site.items.values()].map((item) => ({
      sys_id: plain(item.sysId),
      name: plain(item.name),
      correlation_id: plain(item.correlationId),
      sys_class_name: plain('cmdb_ci_service'),
    }));
  if (table === 'incident')
    return site.incidents.map((incident) =>
      Object.fromEntries(Object.entries(incident).map(([name, value]) => [name, plain(value)])),
    );
  if (table === 'cmn_schedule_span') return changeSchedules(sandbox.world).map(spanRow);
  if (table === 'sys_user')
    return ['Priya Nair', 'Marek Kowalczyk', 'Hamza Qureshi'].map((name) => ({
      sys_id: plain(sysUser(sandbox, name)),
      name: plain(name),
      user_name: plain(name.toLowerCase().replace(' ', '.')),
    }));
  return null;
}

/** An entry of a schedule, with the fields of its schedule as a dot-walked query names them. */
function spanRow(span: ScheduleSpan): Row {
  const { schedule, repeat } = span;
  return {
    sys_id: plain(span.sysId),
    name: plain(span.name),
    type: plain(''),
    schedule: { value: schedule.sysId, display: schedule.name, table: 'cmn_schedule' },
    'schedule.name': plain(schedule.name),
    'schedule.type': plain(schedule.type),
    'schedule.time_zone': plain(schedule.timeZone),
    start_date_time: plain(span.start),
    end_date_time: plain(span.end),
    all_day: plain('false'),
    repeat_type: plain(repeat.type),
    repeat_count: plain(repeat.count ?? ''),
    repeat_until: plain(''),
    days_of_week: plain(repeat.days ?? ''),
    monthly_type: plain(repeat.monthly ?? ''),
    yearly_type: plain(''),
    sys_updated_on: plain(time(span.updatedAt)),
  };
}

function changeRow(sandbox: Sandbox, change: ChangeRequest): Row {
  const item = sandbox.history.desk.serviceNow.items.get(change.ciSysId);
  return {
    sys_id: plain(change.sysId),
    number: plain(change.number),
    short_description: plain(change.shortDescription),
    description: plain(''),
    type: plain(change.type),
    state: { value: change.state, display: STATES[change.state] ?? change.state },
    approval: {
      value: change.approval,
      display: change.approval.replace(/^./, (letter) => letter.toUpperCase()),
    },
    approval_set: plain(time(change.approvalSetAt)),
    start_date: plain(time(change.startAt)),
    end_date: plain(time(change.endAt)),
    work_start: plain(''),
    work_end: plain(''),
    assignment_group: plain(''),
    requested_by: reference(sandbox, 'Marek Kowalczyk'),
    cmdb_ci:
      change.ciSysId === ''
        ? plain('')
        : { value: change.ciSysId, display: item?.name ?? '', table: 'cmdb_ci' },
    'cmdb_ci.correlation_id': plain(item?.correlationId ?? ''),
    'cmdb_ci.name': plain(item?.name ?? ''),
    close_code: plain(change.state === '3' ? 'successful' : ''),
    correlation_id: plain(''),
    sys_created_on: plain(time(change.createdAt)),
    sys_updated_on: plain(
      time(
        Math.max(
          change.createdAt,
          change.approvalSetAt ?? 0,
          change.rejectedAt ?? 0,
          change.cancelledAt ?? 0,
          change.withdrawnAt ?? 0,
          change.implementedAt ?? 0,
        ),
      ),
    ),
  };
}

function approverRows(sandbox: Sandbox, change: ChangeRequest): Row[] {
  const state =
    change.approval === 'approved' ? 'approved' : change.approval === 'rejected' ? 'rejected' : 'requested';
  return [
    {
      sys_id: plain(uuidOf(sandbox.world.seed, `approver/${change.number}`).replaceAll('-', '')),
      sysapproval: { value: change.sysId, display: change.number, table: 'change_request' },
      document_id: { value: change.sysId, display: change.number, table: 'change_request' },
      approver: reference(sandbox, change.approver),
      state: plain(state),
      sys_created_on: plain(time(change.createdAt)),
      sys_updated_on: plain(time(change.approvalSetAt ?? change.rejectedAt ?? change.createdAt)),
    },
  ];
}

function auditRows(sandbox: Sandbox, change: ChangeRequest): Row[] {
  const row = (fieldname: string, parts: { oldvalue: string; newvalue: string; at: number }): Row => ({
    sys_id: plain(
      uuidOf(sandbox.world.seed, `sys-audit/${change.number}/${fieldname}/${parts.newvalue}`).replaceAll(
        '-',
        '',
      ),
    ),
    tablename: plain('change_request'),
    documentkey: plain(change.sysId),
    fieldname: plain(fieldname),
    oldvalue: plain(parts.oldvalue),
    newvalue: plain(parts.newvalue),
    user: plain('priya.nair'),
    sys_created_on: plain(time(parts.at)),
  });
  const rows: Row[] = [
    row('approval', { oldvalue: 'not requested', newvalue: 'requested', at: change.createdAt }),
  ];
  if (change.rejectedAt !== null)
    rows.push(row('approval', { oldvalue: 'requested', newvalue: 'rejected', at: change.rejectedAt }));
  else if (change.approvalSetAt !== null)
    rows.push(row('approval', { oldvalue: 'requested', newvalue: 'approved', at: change.approvalSetAt }));
  if (change.withdrawnAt !== null)
    rows.push(row('approval', { oldvalue: 'approved', newvalue: 'requested', at: change.withdrawnAt }));
  if (change.implementedAt !== null)
    rows.push(row('state', { oldvalue: '-2', newvalue: '-1', at: change.implementedAt }));
  if (change.cancelledAt !== null)
    rows.push(row('state', { oldvalue: '-2', newvalue: '4', at: change.cancelledAt }));
  return rows;
}

/** `yyyy-MM-dd HH:mm:ss` in UTC, as API users see it. */
export function time(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function plain(value: string): Field {
  return { value, display: value };
}

function reference(sandbox: Sandbox, name: string): Field {
  return { value: sysUser(sandbox, name), display: name, table: 'sys_user' };
}

function sysUser(sandbox: Sandbox, name: string): string {
  return uuidOf(sandbox.world.seed, `sys-user/${name}`).replaceAll('-', '');
}
