import type { GenesysClient } from '../connect';
import { redactSecrets } from '../model/redact-secrets';
import { badAnswer } from '../transport/raw-http-client';
import type { ListingDraft } from './listing';
import { SETTINGS } from './listings';
import { type ListedItem, readPages } from './read-pages';
import { reasonOf } from './reason';

/** One setting of the organisation. `id` is the address it was read from. */
export type SettingItem = ListedItem &
  (
    | { readonly state: 'known'; readonly value: unknown }
    | { readonly state: 'not_evaluated'; readonly because: string; readonly permissions: readonly string[] }
  );

/**
 * Reads every setting that evidence needs. Each is an item of its own; one that cannot be read is an item that says why, and makes the
 * listing partial. Keys of recordings and the like are redacted.
 */
export async function readSettings(
  client: GenesysClient,
  draft: ListingDraft<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  draft.withoutTotals();
  let known = 0;
  for (const { path, shape, permission } of SETTINGS) {
    try {
      const value =
        shape === 'one' ? await readOne(client, path, signal) : await readAll(client, path, signal);
      draft.addItem({ id: path, state: 'known', value });
      known++;
    } catch (thrown) {
      const { because, permissions } = reasonOf(thrown, permission);
      draft.needs(permissions);
      draft.doubt(`${path}: ${because}`);
      draft.addItem({ id: path, state: 'not_evaluated', because, permissions });
    }
  }
  if (known === 0) draft.note('no setting could be read');
}

async function readOne(
  client: GenesysClient,
  path: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const doing = `read ${path}`;
  const answer = await client.get(path, {}, { doing, ...(signal ? { signal } : {}) });
  if (answer.body === null || typeof answer.body !== 'object')
    throw badAnswer(answer, doing, 'the answer is no setting');
  return redactSecrets(answer.body);
}

async function readAll(
  client: GenesysClient,
  path: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const read = await readPages(client, {
    path,
    query: {},
    doing: `read ${path}`,
    ...(signal ? { signal } : {}),
  });
  return [...read.items.values()];
}
