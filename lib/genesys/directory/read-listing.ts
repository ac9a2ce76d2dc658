import type { GenesysClient } from '../connect';
import { inParallel } from './in-parallel';
import { type Listing, ListingDraft, unite } from './listing';
import {
  LISTINGS,
  type ListingKind,
  type ListingPart,
  NESTED,
  type NestedKind,
  type PlainKind,
} from './listings';
import { cutNested } from './nested-items';
import { type ListedItem, type PageSource, type PagesRead, readPages } from './read-pages';
import { readSettings } from './read-settings';
import { reasonOf } from './reason';

export type ReadListingOptions = {
  readonly kind: ListingKind;
  /** Things read just before, so that grants and members need not list roles and groups again. */
  readonly parents?: readonly ListedItem[];
  readonly signal?: AbortSignal;
};

const TOGETHER = 4;

/**
 * Reads everything of one kind, every page, and says whether the reading agrees with the platform's own totals.
 *
 * A list that moves while it is read is read once more; one that moved again is `partial`. A missing permission is
 * `not_evaluated` with its name. Throws GenesysError only for what concerns the whole connection (credentials, address,
 * abort).
 */
export async function readListing(
  client: GenesysClient,
  options: ReadListingOptions,
): Promise<Listing<ListingKind>> {
  const { kind } = options;
  const draft = new ListingDraft(kind, new Date(client.clock.now()));
  if (kind === 'setting') await readSettings(client, draft, options.signal);
  else if (isNested(kind)) await readNested(client, kind, draft, options);
  else await readParts(client, kind, draft, options.signal);
  return draft.finish(new Date(client.clock.now()));
}

async function readParts(
  client: GenesysClient,
  kind: PlainKind,
  draft: ListingDraft<ListingKind>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const parts: readonly ListingPart[] = LISTINGS[kind];
  for (const part of parts) {
    try {
      const read = await readSteadily(client, toSource(part.path, part.query, signal));
      if (part.onlyNew) draft.add(draft.unknownOf(read), (item) => [{ ...part.mark, ...item }]);
      else draft.add(read, (item) => [part.mark ? { ...item, ...part.mark } : withoutSecret(kind, item)]);
    } catch (thrown) {
      const { because, permissions } = reasonOf(thrown, part.permission);
      draft.needs(permissions);
      if (part.optional) draft.note(`${part.path}: ${because}`);
      else draft.doubt(because);
    }
  }
}

/** Grants and memberships: one listing for each role, group or queue. */
async function readNested(
  client: GenesysClient,
  kind: NestedKind,
  draft: ListingDraft<ListingKind>,
  options: ReadListingOptions,
): Promise<void> {
  const nested = NESTED[kind];
  // One platform entity gives as many grants as it names divisions.
  if (kind === 'grant') draft.withoutTotals();
  let parents = options.parents;
  if (parents === undefined) {
    const listed = await readListing(client, {
      kind: nested.parent,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (listed.outcome !== 'complete') draft.doubt(`${nested.parent}s: ${listed.because ?? listed.outcome}`);
    draft.needs(listed.permissions);
    parents = listed.items;
  }
  await inParallel(parents, TOGETHER, async (parent) => {
    const path = nested.path.replace('{id}', encodeURIComponent(parent.id));
    try {
      const read = await readSteadily(client, toSource(path, { pageSize: 100 }, options.signal));
      draft.add(read, (item) => cutNested(kind, parent, item));
    } catch (thrown) {
      const { because, permissions } = reasonOf(thrown, nested.permission);
      draft.needs(permissions);
      draft.doubt(because);
    }
  });
}

/** Reads the pages, and once more where the reading does not agree with itself. */
async function readSteadily(client: GenesysClient, source: PageSource): Promise<PagesRead> {
  const first = await readPages(client, source);
  if (first.doubt === null) return first;
  const second = await readPages(client, source);
  return second.doubt === null ? second : unite(first, second);
}

function toSource(path: string, query: ListingPart['query'], signal: AbortSignal | undefined): PageSource {
  return { path, query, doing: `read ${path}`, ...(signal ? { signal } : {}) };
}

/** OAuth clients lose the member `secret` altogether: it must not even look as if we held one. */
function withoutSecret(kind: PlainKind, item: ListedItem): ListedItem {
  if (kind !== 'oauth_client') return item;
  const { secret: _, ...rest } = item;
  return { ...rest, id: item.id };
}

function isNested(kind: ListingKind): kind is NestedKind {
  return kind in NESTED;
}
