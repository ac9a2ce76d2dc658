import { afterEach, describe, expect, test } from 'vitest';
import {
  type Scripted,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '@/lib/testing/scripted-http-server';
import { retryingFetch } from '../../http/retrying-fetch';
import { serviceNow } from './servicenow';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Tables = Record<string, readonly Record<string, unknown>[] | number>;

/** A small Table API: rows by table, or a status; paged by offset and limit. */
function answering(tables: Tables): (request: ScriptedRequest) => Scripted {
  return (request) => {
    const rows = tables[request.path.split('/').at(-1) ?? ''] ?? [];
    if (typeof rows === 'number')
      return { status: rows, body: { error: { message: 'no', detail: '' }, status: 'failure' } };
    const offset = Number(request.query.get('sysparm_offset'));
    const page = rows.slice(offset, offset + Number(request.query.get('sysparm_limit')));
    return { headers: { 'x-total-count': String(rows.length) }, body: { result: page.map(shown) } };
  };
}

function shown(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? { value, display_value: value } : value,
    ]),
  );
}

async function find(tables: Tables, keys = ['CHG0031001']) {
  const server = await startScriptedServer(answering(tables));
  servers.push(server);
  const found = await serviceNow({
    baseUrl: server.url,
    user: 'reader',
    password: 'secret',
    fetch: retryingFetch({ wait: async () => {} }),
  }).findTickets(keys);
  const first = found.get(keys[0] ?? '');
  return { found, server, ticket: first?.kind === 'known' ? first.value?.ticket : undefined };
}

const request = {
  sys_id: 's1',
  number: 'CHG0031001',
  short_description: 'Longer queue',
  type: 'emergency',
  state: { value: '-2', display_value: 'Scheduled' },
  approval: 'approved',
  approval_set: '2026-11-18 09:00:00',
  start_date: '2026-11-20 10:00:00',
  end_date: '2026-11-20 12:00:00',
  cmdb_ci: { value: 'c0000000000040008000000000000003', display_value: 'EMEA Sales' },
  sys_created_on: '2026-11-15 08:00:00',
  sys_updated_on: '2026-11-18 09:00:00',
};
const audit = (fieldname: string, oldvalue: string, newvalue: string, at: string) => ({
  documentkey: 's1',
  fieldname,
  oldvalue,
  newvalue,
  user: 'priya.nair',
  sys_created_on: at,
});
const approver = (name: string, state: string, at: string) => ({
  sysapproval: 's1',
  approver: { value: 'u1', display_value: name },
  state,
  sys_updated_on: at,
});

describe('ServiceNow', () => {
  test('R5: sys_audit dates the approval where it can be read', async () => {
    const { ticket } = await find({
      change_request: [request],
      sys_audit: [audit('approval', 'requested', 'approved', '2026-11-17 09:00:00')],
      sysapproval_approver: [approver('Priya Nair', 'approved', '2026-11-16 09:00:00')],
    });
    expect(ticket?.decisions).toEqual([
      { at: new Date('2026-11-17T09:00:00Z'), verdict: 'approved', by: 'priya.nair', basis: 'sys_audit' },
    ]);
    expect(ticket).toMatchObject({
      emergency: true,
      objects: ['c0000000000040008000000000000003'],
      window: { from: new Date('2026-11-20T10:00:00Z'), to: new Date('2026-11-20T12:00:00Z') },
    });
  });

  test('R5: without sys_audit the approvers’ rows date it, by the last to sign', async () => {
    const rows = [
      approver('Priya Nair', 'approved', '2026-11-16 09:00:00'),
      approver('Hamza Qureshi', 'approved', '2026-11-17 09:00:00'),
      approver('Ana Ruiz', 'not_required', '2026-11-19 09:00:00'),
    ];
    const { ticket } = await find({ change_request: [request], sys_audit: 403, sysapproval_approver: rows });
    expect(ticket?.decisions.map(({ at, by, basis }) => [at.toISOString(), by, basis])).toEqual([
      ['2026-11-17T09:00:00.000Z', 'Priya Nair', 'approver'],
      ['2026-11-17T09:00:00.000Z', 'Hamza Qureshi', 'approver'],
    ]);
  });

  test('R5: else approval_set alone, and the basis says so', async () => {
    const { ticket } = await find({ change_request: [request], sys_audit: 403, sysapproval_approver: 403 });
    expect(ticket?.decisions).toEqual([
      { at: new Date('2026-11-18T09:00:00Z'), verdict: 'approved', by: null, basis: 'approval_set' },
    ]);
  });

  test('rejection, cancellation and withdrawal are read from the history', async () => {
    const rows = [
      audit('approval', 'requested', 'approved', '2026-11-16 09:00:00'),
      audit('approval', 'approved', 'requested', '2026-11-17 09:00:00'),
      audit('state', '-2', '4', '2026-11-18 09:00:00'),
    ];
    const { ticket } = await find({ change_request: [{ ...request, state: '4' }], sys_audit: rows });
    expect(ticket?.decisions.map((one) => one.verdict)).toEqual(['approved', 'withdrawn', 'cancelled']);
    expect(ticket?.statusSteps).toEqual([
      { at: new Date('2026-11-18T09:00:00Z'), to: 'Canceled', by: 'priya.nair' },
    ]);
    const rejected = await find({
      change_request: [{ ...request, approval: 'rejected', approval_set: '' }],
      sysapproval_approver: [approver('Priya Nair', 'rejected', '2026-11-16 09:00:00')],
    });
    expect(rejected.ticket?.decisions).toMatchObject([{ verdict: 'rejected', by: 'Priya Nair' }]);
    const undated = await find({ change_request: [{ ...request, state: '4' }] });
    expect(undated.ticket?.decisions.at(-1)).toMatchObject({ verdict: 'cancelled', basis: 'last_update' });
  });

  test('a request that only asks was never approved', async () => {
    const { ticket } = await find({
      change_request: [{ ...request, approval: 'requested', approval_set: '' }],
      sysapproval_approver: [approver('Priya Nair', 'requested', '2026-11-16 09:00:00')],
    });
    expect(ticket?.decisions).toEqual([]);
  });

  test('a number without a request is no ticket; pages are read to the end', async () => {
    const rows = Array.from({ length: 230 }, (_, n) =>
      audit('state', '-5', '-4', `2026-11-16 09:${String(n % 60).padStart(2, '0')}:00`),
    );
    const { found, ticket, server } = await find({ change_request: [request], sys_audit: rows }, [
      'CHG0031001',
      'CHG0099999',
    ]);
    expect(found.get('CHG0099999')).toEqual({ kind: 'known', value: null });
    expect(ticket?.statusSteps).toHaveLength(230);
    expect(server.requests.filter((one) => one.path.endsWith('sys_audit'))).toHaveLength(3);
  });

  test('an instance that does not answer, or refuses us, makes every number not evaluated', async () => {
    for (const status of [401, 500]) {
      const { found } = await find({ change_request: status }, ['CHG0031001', 'CHG0031002']);
      expect([...found.values()].map((one) => one.kind)).toEqual(['not_evaluated', 'not_evaluated']);
    }
    const { found } = await find({ change_request: [request], sys_audit: 500 });
    expect(found.get('CHG0031001')?.kind).toBe('not_evaluated');
  });
});
