import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/kernel/errors';
import { sha256Hex } from '@/lib/kernel/hash';

export type SecretErrorCode = 'secret_undecryptable';

/** A secret as it is stored. */
export type SealedSecret = {
  /** Which key wrapped the data key, so that a rotation knows what is left to do. */
  readonly kekId: string;
  /** Nonce (12), wrapped data key (32), tag (16). */
  readonly wrappedDek: Buffer;
  readonly nonce: Buffer;
  /** Ciphertext and tag (16). */
  readonly ciphertext: Buffer;
};

/** What a secret is bound to: moved to another place, it does not open. */
export type SecretPlace = { readonly orgId: string | null; readonly name: string; readonly version: number };

/** The key that wraps data keys, made of `SECRETS_KEY`. */
export type WrappingKey = { readonly id: string; readonly key: Buffer };

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

export function wrappingKey(secretsKey: string): WrappingKey {
  const key = Buffer.from(hkdfSync('sha256', secretsKey, '', 'tallystick secrets v1', 32));
  return { id: sha256Hex(key).slice(0, 16), key };
}

/** AES-256-GCM under a random key of its own, which the wrapping key wraps; both bound to the place. */
export function sealSecret(plain: string, place: SecretPlace, wrapping: WrappingKey): SealedSecret {
  const dek = randomBytes(32);
  const nonce = randomBytes(NONCE_BYTES);
  const ciphertext = encrypt(Buffer.from(plain, 'utf8'), { key: dek, nonce, place });
  const wrapNonce = randomBytes(NONCE_BYTES);
  const wrapped = encrypt(dek, { key: wrapping.key, nonce: wrapNonce, place });
  dek.fill(0);
  return { kekId: wrapping.id, wrappedDek: Buffer.concat([wrapNonce, wrapped]), nonce, ciphertext };
}

/** The secret. Throws `secret_undecryptable` for another key, another place, or bytes that were changed. */
export function openSecret(sealed: SealedSecret, place: SecretPlace, wrapping: WrappingKey): string {
  try {
    const dek = decrypt(sealed.wrappedDek.subarray(NONCE_BYTES), {
      key: wrapping.key,
      nonce: sealed.wrappedDek.subarray(0, NONCE_BYTES),
      place,
    });
    return decrypt(sealed.ciphertext, { key: dek, nonce: sealed.nonce, place }).toString('utf8');
  } catch (cause) {
    throw new AppError<SecretErrorCode>({
      code: 'secret_undecryptable',
      message: `cannot open the stored secret ${place.name}: ${
        sealed.kekId === wrapping.id ? 'its bytes were changed' : 'it was stored under another SECRETS_KEY'
      }`,
      hint: 'Set SECRETS_KEY to the key it was stored with, or enter the secret again.',
      cause,
    });
  }
}

type Box = { readonly key: Buffer; readonly nonce: Buffer; readonly place: SecretPlace };

function encrypt(plain: Buffer, { key, nonce, place }: Box): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(bound(place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(sealed: Buffer, { key, nonce, place }: Box): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound(place));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
}

function bound({ orgId, name, version }: SecretPlace): Buffer {
  return Buffer.from(`${orgId ?? '-'}|${name}|${version}`, 'utf8');
}
