import { z } from 'zod';
import { connectorError } from '../../errors';
import { readJson } from '../../http/read-json';
import type { Fetching, HttpRequest } from '../../http/retrying-fetch';

const PAGE = 100;
const MAX_PAGES = 500;

export type TableQuery = {
  readonly name: string;
  readonly encoded: string;
  readonly fields: string;
  /** What is read, in words, for errors. */
  readonly what: string;
};

/** Reads every row of a query of the Table API, page by page; the bytes of each page are pushed to `bytes`. */
export function tableReader(of: {
  readonly site: URL;
  readonly send: Fetching;
  readonly headers: Readonly<Record<string, string>>;
}) {
  const { site, send, headers } = of;
  return async function table<Schema extends z.ZodType>(
    query: TableQuery,
    row: Schema,
    bytes: Buffer[],
  ): Promise<z.infer<Schema>[]> {
    const rows: z.infer<Schema>[] = [];
    const pageSchema = z.object({ result: z.array(row) });
    for (let page = 0; page < MAX_PAGES; page++) {
      const url = new URL(`api/now/table/${query.name}`, site);
      url.search = new URLSearchParams({
        sysparm_query: query.encoded,
        sysparm_fields: query.fields,
        sysparm_limit: String(PAGE),
        sysparm_offset: String(rows.length),
        sysparm_display_value: 'all',
        sysparm_exclude_reference_link: 'true',
      }).toString();
      const request: HttpRequest = { url, headers, what: query.what };
      const answer = await send(request);
      const { result } = readJson(answer, request, pageSchema);
      bytes.push(answer.bytes);
      rows.push(...result);
      const total = Number(answer.headers.get('x-total-count') ?? Number.NaN);
      if (Number.isNaN(total) ? result.length < PAGE : rows.length >= total) return rows;
      // Rows that our account may not see are counted and not given: an empty page before the end is their doing.
      if (result.length === 0) return rows;
    }
    throw connectorError('bad_answer', `cannot read ${query.what}: ${site.host} gives pages without end`);
  };
}
