import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REDACTED, redactSecrets } from './redact-secrets';

const CANARY = 'canary-9d2f';

describe('redaction at the edge', () => {
  it.each([
    ['an OAuth client', { id: '1', secret: CANARY, name: 'CI' }],
    ['a credential', { credentialFields: { user: CANARY, whatever: { deep: [CANARY] } } }],
    ['a key configuration', { apiKey: CANARY, url: 'https://kms.example' }],
    [
      'headers of a data action',
      { config: { request: { headers: { 'X-Api-Key': CANARY, Accept: 'application/json' } } } },
    ],
    ['a header with a scheme', { headers: { 'X-Custom': `Bearer ${CANARY}` } }],
    ['an address with a key', { requestUrlTemplate: `https://crm.example/x?api_key=${CANARY}&id=1` }],
    ['an address with a password', { url: `https://user:${CANARY}@crm.example/x` }],
    ['a request template', { requestTemplate: `{"password": "${CANARY}", "id": "\${input.id}"}` }],
  ])('takes the secret out of %s', (_, item) => {
    const redacted = redactSecrets(item);
    expect(JSON.stringify(redacted)).not.toContain(CANARY);
    expect(JSON.stringify(redacted)).toContain(REDACTED);
  });

  it('keeps references to secrets, so that a literal can be told from them', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the platform's own template syntax
    const headers = { Authorization: 'Bearer ${credentials.token}', 'X-Api-Key': '$!{credentials.key}' };
    expect(redactSecrets({ headers })).toEqual({ headers });
    expect(redactSecrets({ headers: { Authorization: `Bearer \${x} ${CANARY}` } })).toEqual({
      headers: { Authorization: REDACTED },
    });
  });

  it('leaves what merely sounds like a secret', () => {
    const settings = {
      passwordRequirements: { minimumLength: 12 },
      tokenStorageLocation: 'cookies',
      idleTokenTimeoutSeconds: 900,
      accessTokenValiditySeconds: 86_400,
      lastTokenIssued: { dateIssued: '2026-02-27T08:11:00Z' },
      authorization: { roles: [{ id: 'e', name: 'employee' }] },
      keyConfigurationType: 'KmsSymmetric',
      permissions: ['oauth:token:delete'],
      url: 'https://crm.example/customers?id=1',
    };
    expect(redactSecrets(settings)).toEqual(settings);
  });

  it('never changes shape, names, numbers, or anything twice', () => {
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shape)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shape(item)]))
          : typeof value === 'string'
            ? 'text'
            : value;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        const once = redactSecrets(plain);
        expect(shape(once)).toEqual(shape(plain));
        expect(redactSecrets(once)).toEqual(once);
      }),
    );
  });
});
