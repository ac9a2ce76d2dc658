import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@/lib/kernel/errors';
import { folderVault } from './folder-vault';

export type VaultErrorCode =
  | 'vault_address'
  | 'vault_key'
  | 'vault_conflict'
  | 'vault_missing'
  | 'vault_failed';

export type PutResult = {
  readonly key: string;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Whether the very same bytes were there already. */
  readonly existed: boolean;
};

/** Storage where an object is put once and never replaced. Keys are made by `vaultKey`'s rule. */
export interface Vault {
  /**
   * Stores bytes under a key; when it returns they survive a power cut, and a kill before leaves nothing of them.
   * Throws `vault_conflict` when other bytes stand there, `vault_key` for a key that is none.
   */
  putOnce(key: string, bytes: Uint8Array): Promise<PutResult>;
  /** The bytes under a key. Throws `vault_missing`. */
  get(key: string): Promise<Buffer>;
  /** Keys that begin with `prefix`, in no order; `prefix` may end inside a segment. */
  list(prefix: string): AsyncIterable<string>;
}

/** The vault at `file:<folder>`. Throws `vault_address` for anything else. */
export function openVault(address: string): Vault {
  if (address.startsWith('s3:')) {
    throw new AppError<VaultErrorCode>({
      code: 'vault_address',
      message: `cannot use the vault ${address}: storage with Object Lock comes with the evidence packages`,
      hint: 'Set VAULT=file:<folder>, or leave it out to use DATA_DIR/vault.',
    });
  }
  if (!address.startsWith('file:') || address === 'file:') {
    throw new AppError<VaultErrorCode>({
      code: 'vault_address',
      message: `cannot use the vault ${address}: it is not file:<folder>`,
    });
  }
  return folderVault(folderOf(address));
}

function folderOf(address: string): string {
  return address.startsWith('file://') ? fileURLToPath(address) : path.resolve(address.slice('file:'.length));
}
