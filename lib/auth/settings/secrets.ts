import type { Sql } from '@/lib/db/sql';
import { keptSecret } from '@/lib/env/kept-secrets';
import { newId } from '@/lib/kernel/ids';
import { findSecret, replaceSecret, type SecretName } from '../store/secret-rows';
import { openSecret, sealSecret, type WrappingKey, wrappingKey } from './secret-box';

declare global {
  var tallystickWrappingKey: WrappingKey | undefined;
}

/** The wrapping key of this process, made of `SECRETS_KEY` once. */
export function processWrappingKey(): WrappingKey {
  globalThis.tallystickWrappingKey ??= wrappingKey(keptSecret('SECRETS_KEY').value);
  return globalThis.tallystickWrappingKey;
}

/** Stores a secret as its next version, encrypted. The caller journals that it was set, never what it is. */
export async function putSecret(
  sql: Sql,
  secret: SecretName & { readonly value: string; readonly now: Date },
  wrapping: WrappingKey = processWrappingKey(),
): Promise<void> {
  const version = ((await findSecret(sql, secret))?.version ?? 0) + 1;
  const { orgId, name, now } = secret;
  const sealed = sealSecret(secret.value, { orgId, name, version }, wrapping);
  await replaceSecret(sql, { id: newId('secret', now), orgId, name, version, now, ...sealed });
}

/** The secret of this name, or null. Throws `secret_undecryptable`. For connections only; no view and no route returns it. */
export async function readSecret(
  sql: Sql,
  name: SecretName,
  wrapping: WrappingKey = processWrappingKey(),
): Promise<string | null> {
  const row = await findSecret(sql, name);
  return row ? openSecret(row, { orgId: name.orgId, name: name.name, version: row.version }, wrapping) : null;
}
