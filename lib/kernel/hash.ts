import { createHash, randomBytes } from 'node:crypto';
import { toIsoMs } from './instant';

export function sha256(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(bytes).digest();
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What a leaf of the ledger is made from. */
export type LeafInput = {
  /** Which kind of fact: the table's name in the singular, such as `raw_event` or `journal`. */
  readonly kind: string;
  /** The organisation, or null for facts of the installation (sign-ins, settings), written as `-`. */
  readonly orgId: string | null;
  readonly factId: string;
  readonly receivedAt: Date;
  /** 16 random bytes, so that low-entropy facts cannot be guessed from their hash. */
  readonly salt: Buffer;
  /** SHA-256 of the fact's stored bytes. */
  readonly contentSha256: Buffer;
};

const LEAF_PREFIX = Buffer.from([0x00]);

/** The leaf's line, ended by a newline. Fixed for ever: `verify` rebuilds it from the stored row. */
export function leafLine(leaf: LeafInput): string {
  return `tallystick/1 ${leaf.kind} ${leaf.orgId ?? '-'} ${leaf.factId} ${toIsoMs(leaf.receivedAt)} ${leaf.salt.toString('hex')} ${leaf.contentSha256.toString('hex')}\n`;
}

/** The leaf hash of RFC 6962 section 2.1: SHA-256(0x00 || line). */
export function leafHash(leaf: LeafInput): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(leafLine(leaf)).digest();
}

/** Salt and leaf hash of a new fact over its stored bytes. */
export function sealable(
  fact: Omit<LeafInput, 'salt' | 'contentSha256'> & { readonly bytes: Uint8Array | string },
): {
  salt: Buffer;
  sha256: Buffer;
  leafHash: Buffer;
} {
  const salt = randomBytes(16);
  const content = sha256(fact.bytes);
  return { salt, sha256: content, leafHash: leafHash({ ...fact, salt, contentSha256: content }) };
}
