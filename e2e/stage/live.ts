import type { APIRequestContext } from '@playwright/test';
import type { CreatedApiKeyDto } from '@/lib/auth/contract';
import type { Page } from '@/lib/kernel/paging';
import { BASE_URL } from './addresses';
import { pushTo } from './outside';
import { expect } from './stage';

const SOON = { timeout: 45_000, intervals: [300, 600, 1_000] };

/** From now on what is performed in the organisation is pushed, as a customer's event bus does, with a key of its own. */
export async function pushEvents(admin: APIRequestContext): Promise<void> {
  const answer = await admin.post('/api/v1/api-keys', { data: { name: 'event bus', role: 'operator' } });
  const { key }: CreatedApiKeyDto = await answer.json();
  await pushTo({ url: `${BASE_URL}/api/v1/events/eventbridge`, key });
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
