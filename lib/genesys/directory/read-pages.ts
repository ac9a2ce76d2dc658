import { z } from 'zod';
import type { Answer, GenesysClient, Query } from '../connect';
import { redactSecrets } from '../model/redact-secrets';
import { badAnswer } from '../transport/raw-http-client';
import { reasonOf } from './reason';

/** One thing of a listing, as the platform describes it, secrets redacted. */
export type ListedItem = { readonly id: string } & Readonly<Record<string, unknown>>;

/** What one reading of all pages gave. */
export type PagesRead = {
  readonly items: ReadonlyMap<string, ListedItem>;
  /** The listing's own `total` at the first page and after the last; null when it has none. */
  readonly totalBefore: number | null;
  readonly totalAfter: number | null;
  /** Entities seen, repetitions included. */
  readonly readCount: number;
  readonly duplicates: number;
  readonly pages: number;
  /** Why the reading does not agree with itself; null when it does. */
  readonly doubt: string | null;
};

export type PageSource = {
  readonly path: string;
  readonly query: Query;
  /** Completes "cannot …". */
  readonly doing: string;
  readonly signal?: AbortSignal;
};

/** The envelope of a page in all its variants: with and without total, page count, URIs and cursors. */
const envelope = z.looseObject({
  entities: z.array(z.unknown()),
  total: z.number().int().nonnegative().nullish(),
  pageNumber: z.number().int().nullish(),
  pageCount: z.number().int().nullish(),
  nextUri: z.string().nullish(),
  cursor: z.string().nullish(),
});
type Envelope = z.infer<typeof envelope>;

const item = z.looseObject({ id: z.string().min(1) });

const MAX_PAGES = 50_000;

/** Reads every page of one listing. Throws GenesysError; a page that is no listing is `bad_answer`, never an empty one. */
export async function readPages(client: GenesysClient, source: PageSource): Promise<PagesRead> {
  const items = new Map<string, ListedItem>();
  const asked = new Set<string>();
  let query: Query | null = source.query;
  let totalBefore: number | null = null;
  let totalAfter: number | null = null;
  let readCount = 0;
  let withoutId = 0;
  let pages = 0;
  let doubt: string | null = null;

  while (query !== null) {
    const page = await askPage(client, source, query).catch((thrown: unknown) => {
      // What was read before counts as a part; nothing read at all is the caller's to explain.
      if (pages === 0) throw thrown;
      doubt = reasonOf(thrown, null).because;
      return null;
    });
    if (page === null) break;
    asked.add(JSON.stringify(query));
    const total = page.total ?? null;
    pages++;
    if (pages === 1) totalBefore = total;
    totalAfter = total ?? totalAfter;
    const known = items.size;
    for (const entity of page.entities) {
      const read = item.safeParse(redactSecrets(entity));
      readCount++;
      if (read.success) items.set(read.data.id, read.data);
      else withoutId++;
    }
    const next: Query | null = nextQuery(page, query);
    // A server that knows no paging gives its first page again; one that repeats an address would never end.
    const repeats =
      next !== null &&
      (asked.has(JSON.stringify(next)) || (pages > 1 && page.entities.length > 0 && items.size === known));
    if (repeats || pages >= MAX_PAGES) doubt = 'the listing repeats itself and does not end';
    query = doubt === null ? next : null;
  }
  if (pages > 1 && totalBefore !== null)
    totalAfter = (await askPage(client, source, source.query)).total ?? null;
  if (withoutId > 0) doubt ??= `${withoutId} entries have no id`;
  doubt ??= disagreement(totalBefore, totalAfter, items.size);
  const duplicates = readCount - withoutId - items.size;
  return { items, totalBefore, totalAfter, readCount, duplicates, pages, doubt };
}

function disagreement(before: number | null, after: number | null, unique: number): string | null {
  if (before === null) return null;
  if (after !== before) return `its total moved from ${before} to ${after ?? 'none'} while it was read`;
  return unique === before ? null : `it names a total of ${before} and listed ${unique}`;
}

async function askPage(client: GenesysClient, source: PageSource, query: Query): Promise<Envelope> {
  const answer: Answer = await client.get(source.path, query, {
    doing: source.doing,
    ...(source.signal ? { signal: source.signal } : {}),
  });
  const read = envelope.safeParse(answer.body);
  if (!read.success) throw badAnswer(answer, source.doing, 'the answer is no listing');
  return read.data;
}

/** How to ask for the page after this one; null when it is the last. */
function nextQuery(page: Envelope, query: Query): Query | null {
  if (typeof page.pageCount === 'number') {
    const number = page.pageNumber ?? Number(query.pageNumber ?? 1);
    return number < page.pageCount ? { ...query, pageNumber: number + 1 } : null;
  }
  if (page.nextUri) {
    const next = new URL(page.nextUri, 'http://relative.invalid');
    return { ...query, ...Object.fromEntries(next.searchParams) };
  }
  return page.cursor ? { ...query, cursor: page.cursor } : null;
}
