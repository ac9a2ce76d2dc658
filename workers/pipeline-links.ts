import { calendarAt } from '@/lib/directory/windows/calendar-at';
import { MINUTE_MS } from '@/lib/kernel/instant';
import type { EvaluationCause } from '@/lib/kernel/words';
import { excuseChanges } from '@/lib/linking/excuses/excuse-changes';
import { claimByItem, type ItemRun, itemsDueAgain } from '@/lib/linking/follow/claim-by-item';
import { type FollowRun, followTickets } from '@/lib/linking/follow/follow-tickets';
import { type SweepRun, sweepTickets } from '@/lib/linking/follow/sweep-tickets';
import { type LinkDependencies, type LinkRun, linkChanges, relinkChanges } from '@/lib/linking/link-changes';
import { planningPolicy } from '@/lib/linking/open-links';
import { relinkForCalendar } from '@/lib/linking/relink-calendar';
import type { Connection } from './wiring/connections';
import type { Product } from './wiring/product';

/** What could not be looked up is tried again by a scheduled pass after this long, and by a person's at once. */
const LINK_RETRY_MS = { scheduled: 5 * MINUTE_MS, asked: 0 } as const;
export type Occasion = keyof typeof LINK_RETRY_MS;

/** What linking came to: what was judged for the first time, what moved in the sources, what configuration items say. */
export type Linked = LinkRun & { readonly followed: FollowRun; readonly items: ItemRun };

type LinkOptions = { readonly signal?: AbortSignal; readonly onLink?: LinkDependencies['onProgress'] };

/**
 * Judges what has not been judged yet; then what cites a ticket that moved since; then holds what is still unlinked against
 * configuration items. In this order: what was just looked up is as new as can be, and an item speaks only where nothing better does.
 */
export async function linkOrganization(
  product: Product,
  connection: Connection,
  options: LinkOptions & { readonly occasion?: Occasion } = {},
): Promise<Linked> {
  const dependencies = await linkDependencies(product, connection, options);
  const retryAfterMs = LINK_RETRY_MS[options.occasion ?? 'asked'];
  const links = await linkChanges(connection.orgId, { ...dependencies, retryAfterMs });
  // After what is new was judged: only then all that a new window concerns has its first verdict.
  await relinkForCalendar(connection.orgId, dependencies);
  const followed = await followTickets(connection.orgId, dependencies);
  const items = await claimByItem(connection.orgId, dependencies);
  await excuseChanges(
    connection.orgId,
    dependencies,
    options.signal === undefined ? {} : { signal: options.signal },
  );
  return { ...links, linked: links.linked + items.linked, followed, items };
}

/** What judging again came to. */
export type Relinked = LinkRun & { readonly swept: SweepRun; readonly items: ItemRun };

/**
 * Judges unlinked changes again, those of the last 30 days or from an instant on, reads every cited ticket again, and asks for
 * configuration items once more.
 */
export async function relinkOrganization(
  product: Product,
  connection: Connection,
  reach: LinkOptions & { readonly from?: Date; readonly cause?: EvaluationCause } = {},
): Promise<Relinked> {
  const { orgId } = connection;
  const dependencies = await linkDependencies(product, connection, reach);
  const from = reach.from === undefined ? {} : { from: reach.from };
  const links = await relinkChanges(orgId, dependencies, {
    ...from,
    ...(reach.cause === undefined ? {} : { cause: reach.cause }),
  });
  const swept = await sweepTickets(orgId, dependencies, from);
  await itemsDueAgain(orgId, dependencies);
  const items = await claimByItem(orgId, dependencies);
  return { ...links, linked: links.linked + items.linked, swept, items };
}

/** For `relinkOrganization`: every change there is, since a source was added or changed. */
export const WHOLE_HISTORY = { from: new Date(0), cause: 'source_added' } as const;

async function linkDependencies(
  product: Product,
  connection: Connection,
  { signal, onLink }: LinkOptions,
): Promise<LinkDependencies> {
  const { links, orgId, policy } = connection;
  return {
    db: product.db,
    vault: product.vault,
    sources: links,
    now: () => new Date(),
    policy: await planningPolicy(product.db.sql, orgId, policy),
    calendar: await calendarAt(product.db.sql, orgId),
    ...(signal === undefined ? {} : { signal }),
    ...(onLink === undefined ? {} : { onProgress: onLink }),
  };
}
