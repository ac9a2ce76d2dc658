import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSecret, type SealedSecret, type SecretPlace, sealSecret, wrappingKey } from './secret-box';

const KEY = wrappingKey('a secrets key of more than thirty-two characters');
const PLACE: SecretPlace = { orgId: null, name: 'source/src_1/clientSecret', version: 1 };

test('any text comes back as it was put in, and never stands in what is stored', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 8 }), (plain) => {
      const sealed = sealSecret(plain, PLACE, KEY);
      const stored = Buffer.concat([sealed.wrappedDek, sealed.nonce, sealed.ciphertext]);
      return openSecret(sealed, PLACE, KEY) === plain && !stored.includes(Buffer.from(plain));
    }),
  );
});

test('the same secret is stored differently each time', () => {
  const [a, b] = [sealSecret('s3cret-value', PLACE, KEY), sealSecret('s3cret-value', PLACE, KEY)];
  expect(a.ciphertext.equals(b.ciphertext)).toBe(false);
});

test.each([
  ['another organisation', { ...PLACE, orgId: '11111111-1111-4111-8111-111111111111' }],
  ['another name', { ...PLACE, name: 'source/src_2/clientSecret' }],
  ['another version', { ...PLACE, version: 2 }],
])('a secret moved to %s does not open', (_, place) => {
  expect(() => openSecret(sealSecret('s3cret', PLACE, KEY), place, KEY)).toThrow('bytes were changed');
});

test('another SECRETS_KEY says so, and the message holds no secret', () => {
  const sealed = sealSecret('s3cret', PLACE, KEY);
  expect(() =>
    openSecret(sealed, PLACE, wrappingKey('quite another key of more than 32 characters')),
  ).toThrow(
    'cannot open the stored secret source/src_1/clientSecret: it was stored under another SECRETS_KEY',
  );
});

test('one flipped bit anywhere is refused', () => {
  const sealed = sealSecret('s3cret', PLACE, KEY);
  for (const part of ['wrappedDek', 'nonce', 'ciphertext'] as const) {
    for (let at = 0; at < sealed[part].length; at++) {
      const bytes = Buffer.from(sealed[part]);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      const changed: SealedSecret = { ...sealed, [part]: bytes };
      expect(() => openSecret(changed, PLACE, KEY)).toThrow();
    }
  }
});
