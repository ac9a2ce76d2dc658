import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { requestError } from '@/lib/kernel/errors';
import { sha256Hex } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import type { Vault } from '@/lib/vault/vault';
import { MAX_ATTACHMENT_BYTES } from './contract';
import { type By, held } from './decide-exception';
import { safeFileName, sniffType } from './model/sniff-type';
import { noteHappenings } from './note-happenings';
import { insertAttachment, selectAttachments } from './store/attachments';

/** Files of one exception; more are a folder that belongs elsewhere. */
const MOST_FILES = 50;

/** Bytes in the vault, before anything speaks of them. */
export type StoredFile = {
  readonly sha256: string;
  readonly bytes: number;
  readonly vaultKey: string;
  readonly mediaType: string;
};

/**
 * Puts the bytes into the vault, once under their hash; to be done before the transaction that attaches them. Throws `bad_request` for
 * an empty or too large file.
 */
export async function storeFile(vault: Vault, bytes: Uint8Array): Promise<StoredFile> {
  if (bytes.byteLength === 0) throw requestError('bad_request', 'cannot attach the file: it is empty');
  if (bytes.byteLength > MAX_ATTACHMENT_BYTES)
    throw requestError(
      'bad_request',
      `cannot attach the file: it is larger than ${MAX_ATTACHMENT_BYTES} bytes`,
    );
  const sha256 = sha256Hex(bytes);
  const vaultKey = `exceptions/attachments/${sha256.slice(0, 2)}/${sha256}`;
  await vault.putOnce(vaultKey, bytes);
  return { sha256, bytes: bytes.byteLength, vaultKey, mediaType: sniffType(bytes) };
}

/** Attaches a stored file to an exception and journals it. Requires a transaction. Throws `not_found`, `conflict` where it has 50. */
export async function attachFile(
  sql: Sql,
  asked: {
    readonly orgIds: readonly string[];
    readonly id: string;
    readonly name: string;
    readonly file: StoredFile;
  },
  by: By,
): Promise<{ readonly id: string }> {
  const exception = await held(sql, asked);
  const there = await selectAttachments(sql, { orgIds: [exception.orgId], exceptionId: exception.id });
  if (there.length >= MOST_FILES)
    throw requestError('conflict', `cannot attach the file: the exception has ${MOST_FILES} already`);
  const id = newId('attachment', by.now);
  const name = safeFileName(asked.name);
  const { sha256, bytes } = asked.file;
  await insertAttachment(sql, {
    id,
    orgId: exception.orgId,
    exceptionId: exception.id,
    at: by.now,
    name,
    ...asked.file,
    by: { id: by.actor.id, name: by.actor.name },
  });
  await noteHappenings(
    sql,
    [{ exception, happenings: [{ happening: { kind: 'attached', attachmentId: id, name, bytes, sha256 } }] }],
    by,
  );
  await appendJournal(sql, {
    actor: by.actor,
    action: 'exception.file_attached',
    objectType: 'exception',
    objectId: exception.id,
    orgId: exception.orgId,
    detail: { attachment: id, name, bytes, sha256 },
    at: by.now,
  });
  return { id };
}
