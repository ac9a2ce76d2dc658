import type { GenesysClient } from '@/lib/genesys/connect';
import { readListing } from '@/lib/genesys/directory/read-listing';
import type { ListedItem } from '@/lib/genesys/directory/read-pages';
import { GenesysError } from '@/lib/genesys/model/errors';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { AskPlatform } from './look-up-name';
import type { SnapshotListing } from './take-snapshot';

/** Kinds whose items are listed parent by parent. */
const PARENTS: Partial<Record<DirectoryKind, DirectoryKind>> = { grant: 'role', group_member: 'group' };

/** Reads kinds from an organisation for `takeSnapshot`. Roles and groups read completely serve their grants and members once. */
export function genesysReader(
  client: GenesysClient,
  signal?: AbortSignal,
): (kind: DirectoryKind) => Promise<SnapshotListing> {
  const parents = new Map<DirectoryKind, readonly ListedItem[]>();
  return async (kind) => {
    const parent = PARENTS[kind];
    const known = parent && parents.get(parent);
    // What was kept for a reading is used once: a second one is made because something moved.
    if (parent) parents.delete(parent);
    const listing = await readListing(client, {
      kind,
      ...(known ? { parents: known } : {}),
      ...(signal ? { signal } : {}),
    });
    const isParent = kind === 'role' || kind === 'group';
    if (isParent && listing.outcome === 'complete') parents.set(kind, listing.items);
    return listing;
  };
}

/** Where one object of a kind is read by its id; kinds that are not in it are never looked up. */
const ONE: Partial<Record<DirectoryKind, string>> = {
  user: '/api/v2/users/{id}',
  division: '/api/v2/authorization/divisions/{id}',
  role: '/api/v2/authorization/roles/{id}',
  group: '/api/v2/groups/{id}',
  queue: '/api/v2/routing/queues/{id}',
  skill: '/api/v2/routing/skills/{id}',
  flow: '/api/v2/flows/{id}',
  oauth_client: '/api/v2/oauth/clients/{id}',
  integration: '/api/v2/integrations/{id}',
  data_action: '/api/v2/integrations/actions/{id}',
};

/** Asks an organisation for one object, for `lookUpNames`. */
export function genesysAsk(client: GenesysClient, signal?: AbortSignal): AskPlatform {
  return async (kind, id) => {
    const path = ONE[kind]?.replace('{id}', encodeURIComponent(id));
    if (path === undefined) return null;
    try {
      const answer = await client.get(
        path,
        {},
        { doing: `look up a ${kind}`, ...(signal ? { signal } : {}) },
      );
      return isObject(answer.body) ? answer.body : null;
    } catch (error) {
      if (error instanceof GenesysError && error.code === 'not_found') return null;
      throw error;
    }
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
