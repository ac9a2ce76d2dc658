import type { AuditRecord } from '../../history/record.ts';
import { type Answer, type Exchange, isObject, objectBody, Refusal } from '../../http/exchange.ts';
import { type Route, route } from '../../http/routes.ts';
import type { Sandbox } from '../../sandbox.ts';
import { isoMillis } from '../../world/clock.ts';
import { tooManyRequests } from '../door.ts';
import { asPushed, downloadAnswer, redirectAnswer } from './large-results.ts';
import { type AuditQueries, type AuditQuery, type Item, readInterval, selectItems } from './queries.ts';
import { REALTIME_SERVICES, serviceMapping } from './service-mapping.ts';

const DEFAULT_PAGE = 25;
const MAX_PAGE = 500;
const REALTIME_DAYS = 14;
const VIEW = 'audits:audit:view';

/** All audit paths of contract section 3. */
export function auditRoutes(sandbox: Sandbox, queries: AuditQueries): Route[] {
  return [
    route('GET /audits/query/servicemapping', () => ({ status: 200, body: serviceMapping(sandbox) }), VIEW),
    route(
      'GET /audits/query/realtime/servicemapping',
      () => ({
        status: 200,
        body: {
          services: serviceMapping(sandbox).services.filter((service) =>
            REALTIME_SERVICES.includes(service.name),
          ),
        },
      }),
      VIEW,
    ),
    route('POST /audits/query/realtime', (exchange) => realtime(sandbox, exchange), VIEW),
    route('POST /audits/query/realtime/related', (exchange) => related(sandbox, exchange), VIEW),
    route('POST /audits/query', (exchange) => start(sandbox, queries, exchange), VIEW),
    route('GET /audits/query/:id/results', (exchange) => results(sandbox, queries, exchange), VIEW),
    route(
      'GET /audits/query/:id',
      (exchange) => ({ status: 200, body: statusBody(queries, queries.find(exchange.params.id ?? '')) }),
      VIEW,
    ),
  ];
}

/** The file behind a download address: no bearer, and none tolerated. */
export function downloads(sandbox: Sandbox, queries: AuditQueries): (exchange: Exchange) => Answer {
  return (exchange) => {
    const [, , id = '', from = '0', to = '0'] = exchange.path.split('/');
    const items = queries.itemsOf(queries.find(id)).slice(Number(from), Number(to));
    return downloadAnswer(exchange, items.map((item) => render(sandbox, item, false)).map(asPushed));
  };
}

function start(sandbox: Sandbox, queries: AuditQueries, exchange: Exchange): Answer {
  const query = queries.start(objectBody(exchange));
  if (query === null) throw tooManyRequests(sandbox, Math.max(1, Math.ceil(sandbox.settings.dwellMs / 1000)));
  return { status: 202, body: statusBody(queries, query) };
}

function statusBody(queries: AuditQueries, query: AuditQuery): Record<string, unknown> {
  const { interval, serviceName, filters, sort } = query.body;
  return {
    id: query.id,
    state: queries.stateOf(query),
    startDate: isoMillis(query.startedAt),
    interval,
    ...(serviceName === undefined ? {} : { serviceName }),
    filters: filters ?? [],
    sort: sort ?? [],
  };
}

function results(sandbox: Sandbox, queries: AuditQueries, exchange: Exchange): Answer {
  const { faults } = sandbox;
  const query = queries.find(exchange.params.id ?? '');
  if (queries.stateOf(query) !== 'Succeeded')
    throw new Refusal(404, 'not.found', 'No results: the query has not succeeded.');
  const pageSize = readPageSize(exchange.query.get('pageSize'));
  const cursor = exchange.query.get('cursor');
  if (cursor !== null && cursor !== '' && faults.cursorExpiresOnce > 0) {
    faults.cursorExpiresOnce -= 1;
    throw new Refusal(400, 'bad.request', 'The cursor has expired.');
  }
  const offset = cursor === null || cursor === '' ? 0 : readCursor(cursor, query.id);
  const items = queries.itemsOf(query);
  const mayRedirect =
    faults.redirectLarge === 'always' ||
    (faults.redirectLarge !== false && exchange.query.get('allowRedirect') === 'true');
  if (mayRedirect)
    return redirectAnswer(sandbox, {
      queryId: query.id,
      pageSize,
      offset,
      total: items.length,
      cursorOf: (next) => writeCursor(query.id, next),
    });
  if (faults.emptyPageWithCursor > 0 && offset > 0) {
    faults.emptyPageWithCursor -= 1;
    return {
      status: 200,
      body: { id: query.id, pageSize, cursor: writeCursor(query.id, offset), entities: [] },
    };
  }
  return page(sandbox, {
    query,
    items,
    offset,
    pageSize,
    expandUser: exchange.query.getAll('expand').includes('user'),
  });
}

function page(
  sandbox: Sandbox,
  parts: { query: AuditQuery; items: Item[]; offset: number; pageSize: number; expandUser: boolean },
): Answer {
  const { query, items, offset, pageSize } = parts;
  const { faults } = sandbox;
  const end = offset + pageSize;
  const begin = Math.max(0, offset - (offset > 0 ? faults.duplicateRecords : 0));
  const texts = items.slice(begin, end).map((item) => render(sandbox, item, parts.expandUser));
  if (faults.outOfOrder) texts.reverse();
  const cursor = end < items.length ? `,"cursor":${JSON.stringify(writeCursor(query.id, end))}` : '';
  const raw = `{"id":"${query.id}","pageSize":${pageSize}${cursor},"entities":[${texts.join(',')}]}`;
  const headers = { 'content-type': 'application/json' };
  if (faults.invalidJsonOnce > 0) {
    faults.invalidJsonOnce -= 1;
    return { status: 200, raw: raw.slice(0, Math.floor(raw.length * 0.6)), headers };
  }
  return { status: 200, raw, headers };
}

/** One element of a page as JSON text. The actor's name is added only on request, and it is today's name. */
export function render(sandbox: Sandbox, item: Item, expandUser: boolean): string {
  const made = item.record();
  if (typeof made === 'string') return made;
  let record: AuditRecord = made;
  if (expandUser && record.user?.id !== undefined) {
    const known = sandbox.world.users.get(record.user.id, Date.now());
    if (known !== null && known.state !== 'deleted')
      record = { ...record, user: { id: known.id, name: known.name, selfUri: `/api/v2/users/${known.id}` } };
  }
  if (sandbox.faults.unknownFields)
    record = { ...record, schemaRevision: 12, provenance: { shard: 'eu-3', replayed: false } };
  return JSON.stringify(record);
}

function realtime(sandbox: Sandbox, exchange: Exchange): Answer {
  const body = objectBody(exchange);
  const { from, to } = readInterval(sandbox, body.interval, REALTIME_DAYS);
  if (from < Math.min(Date.now(), sandbox.world.anchor) - (REALTIME_DAYS + 1) * 86_400_000)
    throw new Refusal(400, 'BadRequest', `Realtime audits reach back ${REALTIME_DAYS} days.`);
  if (typeof body.serviceName !== 'string' || !REALTIME_SERVICES.includes(body.serviceName))
    throw new Refusal(400, 'invalid.value', 'This service has no realtime audits.');
  const pageSize = readPageSize(body.pageSize === undefined ? null : String(body.pageSize));
  const pageNumber = Number(body.pageNumber ?? 1);
  const items = selectItems(sandbox, { body, from, to });
  const expandUser = exchange.query.getAll('expand').includes('user');
  const entities = items
    .slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
    .map((item) => render(sandbox, item, expandUser));
  const raw = `{"entities":[${entities.join(',')}],"pageSize":${pageSize},"pageNumber":${pageNumber},"total":${items.length},"pageCount":${Math.ceil(items.length / pageSize)}}`;
  return { status: 200, raw, headers: { 'content-type': 'application/json' } };
}

/**
 * All records of the action one record belongs to: those of its transaction or its correlation, or those planted as belonging
 * together with nothing in them that says so.
 */
function related(sandbox: Sandbox, exchange: Exchange): Answer {
  const body = objectBody(exchange);
  const found = sandbox.store.find(String(body.auditId));
  if (found === null) throw new Refusal(404, 'not.found', 'Audit not found.');
  const transaction = found.record.initiatingAction?.transactionId;
  const correlation = isObject(found.record.context) ? found.record.context.correlationId : undefined;
  const planted = found.label.marks.find((mark) => mark.startsWith('related:'));
  const entities: AuditRecord[] = [];
  for (const { record, label } of sandbox.store.all()) {
    const same =
      (transaction !== undefined && record.initiatingAction?.transactionId === transaction) ||
      (correlation !== undefined && record.context?.correlationId === correlation) ||
      (planted !== undefined && label.marks.includes(planted)) ||
      record.id === found.record.id;
    if (same) entities.push(record);
  }
  return { status: 200, body: { entities } };
}

function readPageSize(text: string | null): number {
  const size = text === null || text === '' ? DEFAULT_PAGE : Number(text);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE)
    throw new Refusal(400, 'invalid.value', `pageSize must be between 1 and ${MAX_PAGE}.`);
  return size;
}

function writeCursor(queryId: string, offset: number): string {
  return Buffer.from(JSON.stringify({ q: queryId, o: offset })).toString('base64url');
}

function readCursor(cursor: string, queryId: string): number {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isObject(read) && read.q === queryId && typeof read.o === 'number') return read.o;
  } catch {
    // Falls through to the same refusal: an unreadable cursor is an invalid one.
  }
  throw new Refusal(400, 'bad.request', 'The cursor is not valid.');
}
