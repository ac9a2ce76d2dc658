import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/kernel/ids';
import { linkKey, requestOf, tokenOf } from './signed-link';

const key = linkKey('a secret of the installation that is long enough');

describe('signed links', () => {
  test('a token opens its own request and no other', () => {
    const [one, other] = [newId('justification'), newId('justification')];
    expect(requestOf(tokenOf(one, key), key)).toBe(one);
    expect(requestOf(tokenOf(one, key).replace(one, other), key)).toBeNull();
  });

  test('a token of another installation opens nothing', () => {
    const id = newId('justification');
    expect(requestOf(tokenOf(id, linkKey('another secret of another installation')), key)).toBeNull();
  });

  test('any change to a token, and any other text, opens nothing', () => {
    const id = newId('justification');
    const token = tokenOf(id, key);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'b', '.', '=', ' '), (at, sign) => {
        const other = token.slice(0, at) + sign + token.slice(at + 1);
        expect(requestOf(other, key)).toBe(other === token ? id : null);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(requestOf(text, key)).toBeNull();
      }),
    );
    for (const padded of [`${token}=`, `${token}.`, ` ${token}`, token.toUpperCase()])
      expect(requestOf(padded, key)).toBeNull();
  });
});
