import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/kernel/errors';
import { env } from './env';

/** Keys that are made at first start when the environment sets none. */
export const KEPT_SECRETS = ['AUTH_SECRET', 'SECRETS_KEY', 'SIGNING_KEY'] as const;
export type KeptSecretName = (typeof KEPT_SECRETS)[number];

export type KeptSecret = {
  readonly value: string;
  /** Where it comes from; `doctor` says so. */
  readonly origin: 'environment' | 'data_dir';
  /** The file it is kept in, or null when the environment sets it. */
  readonly file: string | null;
};

/** The key that the environment sets, or the one kept in DATA_DIR (mode 0600), made now when there is none. */
export function keptSecret(name: KeptSecretName): KeptSecret {
  const settings = env();
  const given = settings[name];
  if (given) return { value: given, origin: 'environment', file: null };
  const file = secretFile(settings.DATA_DIR, fileName(name));
  return { value: readOrMakeSecret(file), origin: 'data_dir', file };
}

/** Where a secret of this name is kept. */
export function secretFile(dataDir: string, name: string): string {
  return path.join(dataDir, 'secrets', name);
}

/**
 * The secret in a file (mode 0600), made of 32 random bytes when there is none; processes that start together agree on one.
 * Throws `secret_unreadable` when the file is there but cannot be read or is empty: a new key would orphan what the old one sealed.
 */
export function readOrMakeSecret(file: string): string {
  const kept = read(file);
  if (kept !== null) return kept;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file); // fails when another process was first; then its secret counts
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const made = read(file);
  if (made === null) throw unreadable(file, 'it vanished');
  return made;
}

function read(file: string): string | null {
  try {
    const value = readFileSync(file, 'utf8').trim();
    if (value === '') throw unreadable(file, 'it is empty');
    chmodSync(file, 0o600); // a restored copy may have come back readable for all
    return value;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(file, error instanceof Error ? error.message : 'unknown');
  }
}

function unreadable(file: string, why: string): AppError<'secret_unreadable'> {
  return new AppError({ code: 'secret_unreadable', message: `cannot read the key kept in ${file}: ${why}` });
}

function fileName(name: KeptSecretName): string {
  return name.toLowerCase().replaceAll('_', '-');
}
