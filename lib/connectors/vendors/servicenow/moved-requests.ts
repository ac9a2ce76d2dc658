import { z } from 'zod';
import { type Evaluated, known } from '@/lib/kernel/outcome';
import { connectorError } from '../../errors';
import { findEach } from '../../find-each';
import { readJson } from '../../http/read-json';
import type { Fetching, HttpRequest } from '../../http/retrying-fetch';
import type { MovedTicket, NamedObject } from '../../model/moved-ticket';
import type { TicketSource } from '../../ticket-source';
import { changeRequestSchema } from './answers';
import { batchesOf } from './batches';

const PAGE = 100;
const LANES = 2;
/** Fewer objects than numbers of one query, since their names travel in the address, too. */
const OBJECTS_PER_QUERY = 15;
/** So many requests for a handful of objects are not read to the end: the answer would be no reason any more. */
const MAX_BY_ITEM = 5_000;

const movedSchema = changeRequestSchema.pick({
  sys_id: true,
  number: true,
  cmdb_ci: true,
  'cmdb_ci.correlation_id': true,
  'cmdb_ci.name': true,
});
type MovedRow = z.infer<typeof movedSchema>;
const FIELDS = Object.keys(movedSchema.shape).join(',');

/** Which change requests moved, and which name an object as their configuration item. */
export function movedRequests(instance: {
  readonly site: URL;
  readonly send: Fetching;
  readonly headers: Record<string, string>;
}): Pick<TicketSource, 'updatedSince' | 'findByItem'> {
  const { site, send, headers } = instance;

  /**
   * All rows of a query, page by page, by the record's own id: it never changes, so that a request that moves while we read
   * cannot push another off its page.
   */
  async function* pages(condition: string, what: string): AsyncGenerator<MovedRow[]> {
    let last = '';
    for (;;) {
      const url = new URL('api/now/table/change_request', site);
      url.search = new URLSearchParams({
        sysparm_query: `${condition}^${last === '' ? '' : `sys_id>${last}^`}ORDERBYsys_id`,
        sysparm_fields: FIELDS,
        sysparm_limit: String(PAGE),
        sysparm_display_value: 'all',
        sysparm_exclude_reference_link: 'true',
      }).toString();
      const request: HttpRequest = { url, headers, what };
      const answer = await send(request);
      const { result } = readJson(answer, request, z.object({ result: z.array(movedSchema) }));
      yield result;
      const total = Number(answer.headers.get('x-total-count') ?? Number.NaN);
      // Rows that our account may not see are counted and not given: an empty page before the end is their doing.
      if (result.length === 0 || (Number.isNaN(total) ? result.length < PAGE : result.length >= total))
        return;
      const next = result.at(-1)?.sys_id.value ?? '';
      if (next <= last)
        throw connectorError(
          'bad_answer',
          `cannot read ${what}: ${site.host} gives the same page again and again`,
        );
      last = next;
    }
  }

  async function requestsNaming(objects: readonly NamedObject[]): Promise<MovedTicket[]> {
    const found: MovedTicket[] = [];
    for await (const rows of pages(
      namingQuery(objects),
      'ServiceNow change requests by configuration item',
    )) {
      found.push(...rows.flatMap(movedOf));
      if (found.length > MAX_BY_ITEM)
        throw connectorError(
          'too_large',
          `cannot read ServiceNow change requests by configuration item: more than ${MAX_BY_ITEM} name ${objects.length} objects`,
        );
    }
    return found;
  }

  return {
    async *updatedSince(since) {
      for await (const rows of pages(`sys_updated_on>=${stamp(since)}`, 'updated ServiceNow change requests'))
        yield rows.flatMap(movedOf);
    },
    async findByItem(objects) {
      const read = await findEach(batchesOf(objects, OBJECTS_PER_QUERY), LANES, requestsNaming);
      const answers = new Map<string, Evaluated<readonly string[]>>();
      for (const [batch, answer] of read)
        for (const object of batch)
          answers.set(
            object.id,
            answer.kind === 'known'
              ? known(answer.value.filter((one) => names(one, object)).map((one) => one.key))
              : answer,
          );
      return answers;
    },
  };
}

/** Change requests that name one of the objects and may have been in force when it was changed. */
function namingQuery(objects: readonly NamedObject[]): string {
  const ids = objects.map(({ id }) => id);
  const from = new Date(Math.min(...objects.map((one) => one.from.getTime())));
  const to = new Date(Math.max(...objects.map((one) => one.to.getTime())));
  const named = objects.flatMap((one) => one.names).filter((name) => !name.includes('^'));
  const item = [
    `cmdb_ciIN${ids.map((id) => id.replaceAll('-', '')).join(',')}`,
    `cmdb_ci.correlation_idIN${ids.join(',')}`,
    ...[...new Set(named)].map((name) => `cmdb_ci.name=${name}`),
  ].join('^OR');
  return `${item}^sys_created_on<=${stamp(to)}^end_date>=${stamp(from)}^ORend_dateISEMPTY`;
}

function movedOf(row: MovedRow): MovedTicket[] {
  const key = row.number.value.toUpperCase();
  if (key === '') return [];
  return [
    {
      key,
      itemIds: [row.cmdb_ci.value, row['cmdb_ci.correlation_id'].value].filter((id) => id !== ''),
      itemName: row['cmdb_ci.name'].value || null,
    },
  ];
}

function names(ticket: MovedTicket, object: NamedObject): boolean {
  return (
    ticket.itemIds.some((id) => bare(id) === bare(object.id)) ||
    (ticket.itemName !== null && object.names.includes(ticket.itemName))
  );
}

function bare(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

/** `2026-03-01 14:00:00`, as encoded queries write an instant. */
function stamp(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
