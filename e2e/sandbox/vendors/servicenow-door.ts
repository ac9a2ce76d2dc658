import { type Answer, type Exchange, objectBody, Refusal } from '../http/exchange.ts';
import { match, type Route, route } from '../http/routes.ts';
import { countRoute, type Door } from '../http/server.ts';
import type { Sandbox } from '../sandbox.ts';
import { uuidOf } from '../world/chance.ts';
import { isBasic } from './basic-auth.ts';
import { type Row, rowsOf, time } from './servicenow-tables.ts';

export const SERVICENOW_USER = 'tallystick.integration';
export const SERVICENOW_PASSWORD = 'sandbox-servicenow-password';

const DEFAULT_LIMIT = 10_000;

/** ServiceNow's Table API over change requests, approvals, history, items and incidents. */
export function serviceNowDoor(sandbox: Sandbox): Door {
  const routes: Route[] = [
    route('GET /api/now/table/:table', (exchange) => list(sandbox, exchange)),
    route('GET /api/now/table/:table/:id', (exchange) => one(sandbox, exchange)),
    route('POST /api/now/table/incident', (exchange) => openIncident(sandbox, exchange)),
    route('PATCH /api/now/table/incident/:id', (exchange) => updateIncident(sandbox, exchange)),
  ];
  async function answer(exchange: Exchange): Promise<Answer> {
    try {
      if (sandbox.faults.serviceNowStatus > 0)
        throw new Refusal(sandbox.faults.serviceNowStatus, 'fault', 'ServiceNow is not available');
      if (!isBasic(exchange, SERVICENOW_USER, SERVICENOW_PASSWORD))
        throw new Refusal(401, 'unauthorized', 'User Not Authenticated');
      const found = match(routes, exchange.method, exchange.path);
      if (found === null)
        throw new Refusal(404, 'not.found', 'Requested URI does not represent any resource');
      countRoute(sandbox, `servicenow ${found.route.method} ${exchange.path.split('/')[4] ?? ''}`);
      const result = await found.route.handler({ ...exchange, params: found.params });
      const writes = exchange.method !== 'GET';
      if (!writes || sandbox.faults.serviceNowDropsAfterApply === 0) return result;
      sandbox.faults.serviceNowDropsAfterApply -= 1;
      return { ...result, drop: true };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        body: { error: { message: error.message, detail: error.code }, status: 'failure' },
      };
    }
  }
  return { prefix: '/servicenow', answer };
}

function list(sandbox: Sandbox, exchange: Exchange): Answer {
  const rows = tableRows(sandbox, exchange);
  const found = runQuery(rows, exchange.query.get('sysparm_query') ?? '');
  const limit = Number(exchange.query.get('sysparm_limit') ?? DEFAULT_LIMIT);
  const offset = Number(exchange.query.get('sysparm_offset') ?? 0);
  const page = found.slice(offset, offset + limit).map((row) => show(sandbox, row, exchange));
  const link = (rel: string, at: number): string => {
    const query = new URLSearchParams(exchange.query);
    query.set('sysparm_offset', String(at));
    return `<${sandbox.url}/servicenow${exchange.path}?${query.toString()}>;rel="${rel}"`;
  };
  const links = [
    link('first', 0),
    ...(offset + limit < found.length ? [link('next', offset + limit)] : []),
    link('last', Math.max(0, Math.floor((found.length - 1) / limit) * limit)),
  ];
  return {
    status: 200,
    body: { result: page },
    headers: { 'X-Total-Count': String(found.length), Link: links.join(',') },
  };
}

function one(sandbox: Sandbox, exchange: Exchange): Answer {
  const row = tableRows(sandbox, exchange).find(
    (candidate) => candidate.sys_id?.value === exchange.params.id,
  );
  if (row === undefined)
    throw new Refusal(404, "Record doesn't exist or ACL restricts the record retrieval", 'No Record found');
  return { status: 200, body: { result: show(sandbox, row, exchange) } };
}

function tableRows(sandbox: Sandbox, exchange: Exchange): Row[] {
  const rows = rowsOf(sandbox, exchange.params.table ?? '');
  if (rows === null) throw new Refusal(400, 'bad.request', `Invalid table ${exchange.params.table}`);
  return rows;
}

/** Field by field: as value, as display text, or as both. */
function show(sandbox: Sandbox, row: Row, exchange: Exchange): Record<string, unknown> {
  const mode = exchange.query.get('sysparm_display_value') ?? 'false';
  const withoutLinks = exchange.query.get('sysparm_exclude_reference_link') === 'true';
  const names =
    exchange.query
      .get('sysparm_fields')
      ?.split(',')
      .map((name) => name.trim()) ?? Object.keys(row);
  const shown: Record<string, unknown> = {};
  for (const name of names) {
    const field = row[name];
    if (field === undefined) continue;
    const link =
      field.table === undefined || withoutLinks
        ? {}
        : { link: `${sandbox.url}/servicenow/api/now/table/${field.table}/${field.value}` };
    if (mode === 'all') shown[name] = { value: field.value, display_value: field.display, ...link };
    else if (mode === 'true')
      shown[name] =
        field.table === undefined || withoutLinks ? field.display : { display_value: field.display, ...link };
    else
      shown[name] =
        field.table === undefined || withoutLinks || field.value === ''
          ? field.value
          : { ...link, value: field.value };
  }
  return shown;
}

/** The encoded query: `^` and, `^OR` or, `=`, `!=`, `IN`, `<=`, `>=`, `<`, `>`, `LIKE`, `ISNOTEMPTY`, `ORDERBY`. */
function runQuery(rows: readonly Row[], query: string): Row[] {
  const terms = query.split(/\^(?!OR(?!DERBY))/).filter((term) => term !== '');
  let found = [...rows];
  for (const term of terms) {
    const order = /^ORDERBY(DESC)?(.+)$/.exec(term);
    if (order !== null) {
      const name = order[2] ?? '';
      const sign = order[1] === undefined ? 1 : -1;
      found.sort((left, right) => sign * ((left[name]?.value ?? '') < (right[name]?.value ?? '') ? -1 : 1));
      continue;
    }
    const alternatives = term.split('^OR').filter((part) => part !== '');
    found = found.filter((row) => alternatives.some((part) => holds(row, part)));
  }
  return found;
}

function holds(row: Row, condition: string): boolean {
  const parsed = /^([a-z_.]+?)(NOT IN|IN|<=|>=|!=|=|<|>|LIKE|STARTSWITH|ISNOTEMPTY|ISEMPTY)(.*)$/s.exec(
    condition,
  );
  if (parsed === null) throw new Refusal(400, 'bad.request', `Invalid query term ${condition}`);
  const [, name = '', operator = '', wanted = ''] = parsed;
  const value = row[name]?.value ?? '';
  if (operator === '=') return value === wanted;
  if (operator === '!=') return value !== wanted;
  if (operator === 'IN') return wanted.split(',').includes(value);
  if (operator === 'NOT IN') return !wanted.split(',').includes(value);
  if (operator === 'LIKE') return value.toLowerCase().includes(wanted.toLowerCase());
  if (operator === 'STARTSWITH') return value.startsWith(wanted);
  if (operator === 'ISEMPTY') return value === '';
  if (operator === 'ISNOTEMPTY') return value !== '';
  const than = wanted.replace(/^javascript:gs\.dateGenerate\('([^']+)','([^']+)'\)$/, '$1 $2');
  if (operator === '<=') return value !== '' && value <= than;
  if (operator === '>=') return value >= than;
  return operator === '<' ? value !== '' && value < than : value > than;
}

function openIncident(sandbox: Sandbox, exchange: Exchange): Answer {
  const { incidents } = sandbox.history.desk.serviceNow;
  const given = Object.fromEntries(
    Object.entries(objectBody(exchange)).map(([name, value]) => [name, String(value)]),
  );
  const number = `INC${String(10_001 + incidents.length).padStart(7, '0')}`;
  const incident = {
    ...given,
    sys_id: uuidOf(sandbox.world.seed, `incident/${number}`).replaceAll('-', ''),
    number,
    state: given.state ?? '1',
    sys_created_on: time(Date.now()),
    sys_updated_on: time(Date.now()),
  };
  incidents.push(incident);
  const timesOut = sandbox.faults.serviceNowIncidentTimeoutOnce > 0;
  sandbox.sinks.push({
    sink: 'servicenow/incident',
    at: new Date().toISOString(),
    headers: {},
    body: incident,
    answered: timesOut ? 504 : 201,
  });
  if (timesOut) {
    sandbox.faults.serviceNowIncidentTimeoutOnce -= 1;
    throw new Refusal(504, 'gateway.timeout', 'Transaction timed out');
  }
  return { status: 201, body: { result: incident } };
}

function updateIncident(sandbox: Sandbox, exchange: Exchange): Answer {
  const incident = sandbox.history.desk.serviceNow.incidents.find(
    (candidate) => candidate.sys_id === exchange.params.id,
  );
  if (incident === undefined)
    throw new Refusal(404, "Record doesn't exist or ACL restricts the record retrieval", 'No Record found');
  // Notes are a journal: each write adds one.
  for (const [name, value] of Object.entries(objectBody(exchange)))
    incident[name] =
      name === 'work_notes' && incident[name] ? `${incident[name]}\n\n${value}` : String(value);
  incident.sys_updated_on = time(Date.now());
  return { status: 200, body: { result: incident } };
}
