import type { SnapshotRunDto } from '@/lib/directory/contract';
import type { NameSource } from '@/lib/directory/model/name-at';
import type { DirectoryKind } from '@/lib/kernel/words';

/** Kinds as one says them, in the plural and of one. */
export const KIND_WORDS: Readonly<Record<DirectoryKind, { readonly many: string; readonly one: string }>> = {
  user: { many: 'People', one: 'person' },
  division: { many: 'Divisions', one: 'division' },
  role: { many: 'Roles', one: 'role' },
  grant: { many: 'Role grants', one: 'role grant' },
  group: { many: 'Groups', one: 'group' },
  group_member: { many: 'Group memberships', one: 'group membership' },
  queue: { many: 'Queues', one: 'queue' },
  skill: { many: 'Skills', one: 'skill' },
  flow: { many: 'Flows', one: 'flow' },
  oauth_client: { many: 'OAuth clients', one: 'OAuth client' },
  integration: { many: 'Integrations', one: 'integration' },
  data_action: { many: 'Data actions', one: 'data action' },
  trunk: { many: 'Trunks', one: 'trunk' },
  setting: { many: 'Settings', one: 'setting' },
};

/** Many of a kind inside a sentence: `role grants`, `OAuth clients`. */
export function manyOf(kind: DirectoryKind): string {
  const { many } = KIND_WORDS[kind];
  return many.startsWith('OAuth') ? many : many.charAt(0).toLowerCase() + many.slice(1);
}

/** How a snapshot went, with the tone of its badge. */
export const SNAPSHOT_WORDS = {
  complete: { word: 'Complete', tone: 'good' },
  partial: { word: 'Partial', tone: 'warn' },
  not_evaluated: { word: 'Not evaluated', tone: 'plain' },
  failed: { word: 'Failed', tone: 'bad' },
} as const satisfies Record<SnapshotRunDto['outcome'], { word: string; tone: string }>;

/** Where a name comes from. */
export const NAME_SOURCE_WORDS: Readonly<Record<NameSource, string>> = {
  snapshot: 'from the snapshot in force',
  earlier_snapshot: 'from the last snapshot before it was gone',
  create_event: 'from its own create record',
  record: 'from an audit record',
  platform_lookup: 'asked of the platform soon after',
  unresolved: 'unresolved: nothing known of that moment names it',
};
