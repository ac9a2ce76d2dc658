import { randomUUID } from 'node:crypto';
import { badRecordsOf } from '../../history/bad-records.ts';
import type { AuditRecord } from '../../history/record.ts';
import { isObject, Refusal } from '../../http/exchange.ts';
import type { Sandbox } from '../../sandbox.ts';
import { DAY } from '../../world/clock.ts';

export type QueryState = 'Queued' | 'Running' | 'Succeeded' | 'Failed' | 'Cancelled';

/** Record, or the raw text of something that is none. */
export type Item = { readonly at: number; readonly record: () => AuditRecord | string };

export type AuditQuery = {
  readonly id: string;
  readonly startedAt: number;
  /** Fixed when it starts, so that a test may change the setting for the next one. */
  readonly dwellMs: number;
  readonly body: Record<string, unknown>;
  readonly from: number;
  readonly to: number;
  readonly fate: 'succeed' | 'fail' | 'cancel' | 'never';
  items: Item[] | null;
};

const MAX_INTERVAL_DAYS = 31;
const HORIZON_DAYS = 365;
const FILTERS = ['UserId', 'TrusteeOrganizationId', 'ClientId', 'Action', 'EntityType', 'EntityId'];
/** A query that never ends stops blocking the next one after this long. */
const NEVER_HOLDS_MS = 2_000;

/** The asynchronous audit queries of the organisation: at most one in flight. */
export class AuditQueries {
  private readonly queries = new Map<string, AuditQuery>();
  private readonly sandbox: Sandbox;
  started = 0;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  /** Checks the body and starts a query. Throws the refusals of contract section 3.1; answers null while another one is in flight. */
  start(body: Record<string, unknown>): AuditQuery | null {
    const { from, to } = readInterval(this.sandbox, body.interval);
    checkFilters(body);
    if (this.inFlight()) return null;
    const { faults } = this.sandbox;
    this.started += 1;
    if (faults.lateRecords > 0 && faults.lateAfterQueries > 0 && this.started > faults.lateAfterQueries)
      faults.lateRecords = 0;
    const query: AuditQuery = {
      id: randomUUID(),
      startedAt: Date.now(),
      dwellMs: this.sandbox.settings.dwellMs,
      body,
      from,
      to,
      fate: this.fate(),
      items: null,
    };
    this.queries.set(query.id, query);
    return query;
  }

  find(id: string): AuditQuery {
    const query = this.queries.get(id);
    if (query === undefined) throw new Refusal(404, 'not.found', 'Audit query not found.');
    return query;
  }

  stateOf(query: AuditQuery): QueryState {
    const elapsed = Date.now() - query.startedAt;
    const { dwellMs } = query;
    if (elapsed < dwellMs / 3) return 'Queued';
    if (elapsed < dwellMs || query.fate === 'never') return 'Running';
    return query.fate === 'fail' ? 'Failed' : query.fate === 'cancel' ? 'Cancelled' : 'Succeeded';
  }

  /** What the query found, as it stood when its work was done; the same on every page. */
  itemsOf(query: AuditQuery): Item[] {
    query.items ??= selectItems(this.sandbox, query);
    return query.items;
  }

  private inFlight(): boolean {
    for (const query of this.queries.values()) {
      const state = this.stateOf(query);
      if (state !== 'Queued' && state !== 'Running') continue;
      if (
        query.fate === 'never' &&
        Date.now() - query.startedAt > Math.max(NEVER_HOLDS_MS, query.dwellMs * 2)
      )
        continue;
      return true;
    }
    return false;
  }

  private fate(): AuditQuery['fate'] {
    const { faults } = this.sandbox;
    if (faults.queryFails > 0) {
      faults.queryFails -= 1;
      return 'fail';
    }
    if (faults.queryCancelled > 0) {
      faults.queryCancelled -= 1;
      return 'cancel';
    }
    if (faults.queryNeverEnds > 0) {
      faults.queryNeverEnds -= 1;
      return 'never';
    }
    return 'succeed';
  }
}

/** The records of a body's interval, service and filters that are visible now, in the order asked for. */
export function selectItems(
  sandbox: Sandbox,
  query: { body: Record<string, unknown>; from: number; to: number },
): Item[] {
  const { body, from, to } = query;
  const selected = sandbox.store.select({
    from,
    to,
    now: Date.now(),
    matches: matcher(body),
    hidden: hiddenIds(sandbox),
  });
  const items: Item[] = selected.map((make) => ({ at: 0, record: () => make().record }));
  if (sandbox.faults.badRecords > 0) {
    const bad = badRecordsOf(sandbox.world, sandbox.faults.badRecords).filter(
      (entry) => entry.at >= from && entry.at < to,
    );
    // Unreadable records stand in the middle of the page, where a careless reader loses the rest with them.
    for (const [index, entry] of bad.entries()) {
      items.splice(Math.min(items.length, 3 + index * 5), 0, { at: entry.at, record: () => entry.text });
    }
  }
  const [sort] = Array.isArray(body.sort) ? body.sort : [];
  if (isObject(sort) && sort.sortOrder === 'descending') items.reverse();
  return items;
}

/** The records the faults hide: those named by `hideRecords`, and for `lateRecords` every third of the newest planted ones. */
export function hiddenIds(sandbox: Sandbox): ReadonlySet<string> {
  const { lateRecords, hideRecords } = sandbox.faults;
  const { planted } = sandbox.history;
  const hidden = new Set<string>(hideRecords);
  const count = lateRecords + hideRecords.length;
  for (let index = planted.length - 1; index >= 0 && hidden.size < count; index -= 3)
    hidden.add(planted[index]?.record.id ?? '');
  return hidden;
}

/** Reads `start/end`. Throws 400 beyond 31 days and beyond the year the platform keeps. */
export function readInterval(
  sandbox: Sandbox,
  interval: unknown,
  maxDays = MAX_INTERVAL_DAYS,
): { from: number; to: number } {
  const [start = '', end = ''] = typeof interval === 'string' ? interval.split('/') : [];
  const from = Date.parse(start);
  const to = Date.parse(end);
  if (Number.isNaN(from) || Number.isNaN(to))
    throw new Refusal(400, 'invalid.date', 'Interval must be of the form start/end in ISO-8601.');
  if (to <= from) throw new Refusal(400, 'invalid.date', 'Interval end must be after its start.');
  if (to - from > maxDays * DAY)
    throw new Refusal(400, 'BadRequest', `The interval must not be longer than ${maxDays} days.`);
  if (from < Math.min(Date.now(), sandbox.world.anchor) - HORIZON_DAYS * DAY)
    throw new Refusal(400, 'BadRequest', `Audits are retained for ${HORIZON_DAYS} days only.`);
  return { from, to };
}

function checkFilters(body: Record<string, unknown>): void {
  const filters = filtersOf(body);
  for (const { property } of filters) {
    if (!FILTERS.includes(property))
      throw new Refusal(400, 'invalid.value', `Unknown filter property ${property}.`);
  }
  const names = filters.map((filter) => filter.property);
  if (names.includes('Action') && !names.includes('EntityType'))
    throw new Refusal(400, 'IllegalQueryException', 'A filter on Action needs a filter on EntityType.');
  for (const sort of Array.isArray(body.sort) ? body.sort : []) {
    const fine =
      isObject(sort) &&
      sort.name === 'Timestamp' &&
      (sort.sortOrder === 'ascending' || sort.sortOrder === 'descending');
    if (!fine) throw new Refusal(400, 'invalid.value', 'Sorting is by Timestamp, ascending or descending.');
  }
}

function filtersOf(body: Record<string, unknown>): { property: string; value: string }[] {
  if (!Array.isArray(body.filters)) return [];
  return body.filters
    .filter(isObject)
    .map((filter) => ({ property: String(filter.property), value: String(filter.value) }));
}

function matcher(body: Record<string, unknown>): ((record: AuditRecord) => boolean) | null {
  const filters = filtersOf(body);
  const service = typeof body.serviceName === 'string' ? body.serviceName : null;
  if (service === null && filters.length === 0) return null;
  return (record) =>
    (service === null || record.serviceName === service) &&
    filters.every((filter) => fits(record, filter.property, filter.value));
}

function fits(record: AuditRecord, property: string, value: string): boolean {
  if (property === 'UserId') return record.user?.id === value;
  if (property === 'ClientId') return record.client?.id === value;
  if (property === 'Action') return record.action === value;
  if (property === 'EntityType') return record.entityType === value;
  if (property === 'EntityId') return record.entity?.id === value;
  return record.userHomeOrgId === value;
}
