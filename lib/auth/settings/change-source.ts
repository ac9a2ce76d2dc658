import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { deleteSecrets } from '../store/secret-rows';
import {
  deleteSourceRow,
  findSource,
  putSourceRow,
  type SourceRow,
  type SourceState,
} from '../store/source-rows';
import type { WrappingKey } from './secret-box';
import { processWrappingKey, putSecret } from './secrets';
import { SOURCE_KINDS, type SourceKind, secretFields, secretName } from './source-kinds';

export type SourceInput = {
  readonly kind: SourceKind;
  readonly name: string;
  readonly orgId: string | null;
  readonly state?: SourceState;
  readonly config: unknown;
  /** Secrets to set; a field left out keeps what is stored. */
  readonly secrets?: Readonly<Record<string, string>>;
};

type By = {
  readonly actor: JournalActor;
  readonly now: Date;
  /** Organisations the actor may act for; absent: all. */
  readonly orgIds?: readonly string[];
  readonly wrapping?: WrappingKey;
};

/** Adds a source; its secrets are encrypted, and the journal says which were set. Throws `bad_request` (zod) for a wrong config or unknown secret. */
export async function addSource(sql: Sql, input: SourceInput, by: By): Promise<SourceRow> {
  demandOrg(input.orgId, by);
  const id = newId('source', by.now);
  const source: SourceRow = {
    id,
    orgId: input.orgId,
    kind: input.kind,
    name: input.name,
    state: input.state ?? 'active',
    config: SOURCE_KINDS[input.kind].config.parse(input.config),
    secretsSet: await storeSecrets(sql, id, input, {}, by),
    createdAt: by.now,
    updatedAt: by.now,
  };
  await putSourceRow(sql, source);
  await record(sql, 'source.added', source, { secretsSet: Object.keys(input.secrets ?? {}) }, by);
  return source;
}

/** Changes a source; what is left out stays. Throws `not_found`. */
export async function changeSource(
  sql: Sql,
  change: { readonly id: string } & Partial<Omit<SourceInput, 'kind'>>,
  by: By,
): Promise<SourceRow> {
  const before = await existing(sql, change.id, by);
  demandOrg(change.orgId ?? null, by);
  const kind = kindOf(before);
  const source: SourceRow = {
    ...before,
    name: change.name ?? before.name,
    orgId: change.orgId === undefined ? before.orgId : change.orgId,
    state: change.state ?? before.state,
    config: change.config === undefined ? before.config : SOURCE_KINDS[kind].config.parse(change.config),
    secretsSet: await storeSecrets(sql, before.id, { kind, ...change }, before.secretsSet, by),
    updatedAt: by.now,
  };
  await putSourceRow(sql, source);
  const from = { name: before.name, orgId: before.orgId, state: before.state, config: before.config };
  await record(sql, 'source.changed', source, { from, secretsSet: Object.keys(change.secrets ?? {}) }, by);
  return source;
}

/** Removes a source and its secrets; what was collected through it stays. Throws `not_found`. */
export async function removeSource(sql: Sql, id: string, by: By): Promise<void> {
  const source = await existing(sql, id, by);
  await deleteSecrets(sql, { prefix: secretName(id, '') });
  await deleteSourceRow(sql, id);
  await record(sql, 'source.removed', source, {}, by);
}

function kindOf(source: SourceRow): SourceKind {
  const kind = Object.keys(SOURCE_KINDS).find((name): name is SourceKind => name === source.kind);
  if (!kind)
    throw requestError(
      'conflict',
      `cannot change the source: its kind ${source.kind} is unknown to this version`,
    );
  return kind;
}

async function existing(sql: Sql, id: string, by: By): Promise<SourceRow> {
  const source = await findSource(sql, id, true);
  if (!source || !mayTouch(source.orgId, by)) {
    throw requestError('not_found', 'cannot change the source: there is none with this id', {
      hint: 'What the environment sets is changed there.',
    });
  }
  return source;
}

function mayTouch(orgId: string | null, { orgIds }: By): boolean {
  return orgId === null || orgIds === undefined || orgIds.includes(orgId);
}

function demandOrg(orgId: string | null, by: By): void {
  if (mayTouch(orgId, by)) return;
  throw requestError('not_found', 'cannot connect the source: there is no such organisation');
}

async function storeSecrets(
  sql: Sql,
  id: string,
  input: Pick<SourceInput, 'kind' | 'secrets'>,
  before: Readonly<Record<string, string>>,
  by: By,
): Promise<Record<string, string>> {
  const set = { ...before };
  const { required, optional } = secretFields(input.kind);
  const known = [...required, ...optional];
  for (const [field, value] of Object.entries(input.secrets ?? {})) {
    if (!known.includes(field))
      throw requestError('bad_request', `cannot store the secret ${field}: this kind has none of that name`);
    if (value === '') throw requestError('bad_request', `cannot store the secret ${field}: it is empty`);
    const name = secretName(id, field);
    await putSecret(sql, { orgId: null, name, value, now: by.now }, by.wrapping ?? processWrappingKey());
    set[field] = toIso(by.now);
  }
  return set;
}

async function record(
  sql: Sql,
  action: string,
  source: SourceRow,
  detail: Record<string, unknown>,
  by: By,
): Promise<void> {
  const { kind, name, state, config } = source;
  await appendJournal(sql, {
    actor: by.actor,
    action,
    objectType: 'source',
    objectId: source.id,
    orgId: source.orgId,
    detail: { ...detail, to: { kind, name, state, orgId: source.orgId, config } },
    at: by.now,
  });
}
