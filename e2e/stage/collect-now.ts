import type { APIRequestContext } from '@playwright/test';
import type { Page } from '@/lib/kernel/paging';
import { expect } from './stage';

const SOON = { timeout: 90_000, intervals: [500, 1_000, 2_000] };

/** Has every organisation's newest records collected now. The door's role must be allowed to. */
export async function collectNow(door: APIRequestContext): Promise<void> {
  const { items }: { items: { id: string }[] } = await (await door.get('/api/v1/organizations')).json();
  for (const { id } of items) await door.post('/api/v1/collections', { data: { kind: 'sync', orgId: id } });
}

/** Asks a list until it holds what is looked for, and returns it. */
export async function waitFor<Item>(
  door: APIRequestContext,
  path: string,
  isIt: (item: Item) => boolean,
): Promise<Item> {
  let found: Item | undefined;
  await expect
    .poll(async () => {
      const page: Page<Item> = await (await door.get(path)).json();
      found = page.items.find(isIt);
      return found !== undefined;
    }, SOON)
    .toBe(true);
  if (found === undefined) throw new Error(`${path} never held it`);
  return found;
}
