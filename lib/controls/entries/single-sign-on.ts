import { X509Certificate } from 'node:crypto';
import { DAY_MS } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import { atLeast, mustBeOn, observed, untold } from '../model/observe';
import { flagIn, listOf, subjectOf, textIn, textsIn } from '../model/read-json';
import { flagOf, numberOf } from '../model/threshold';

/** A certificate of an example identity provider, valid from 2026-11-30 to 2027-11-30. */
const CERTIFICATE =
  'MIIBizCCATGgAwIBAgIUXXW6weSP6p1wo3per/f02TZkEj0wCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQaWRwLmV4YW1wbGUudGVzdDAeFw0yNjExMzAyMzE2NTFaFw0yNzExMzAyMzE2NTFaMBsxGTAXBgNVBAMMEGlkcC5leGFtcGxlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR0kiw+ObtE3lGGmHnKHhbUUO5bTm+kQq6bGEbuzXD7ZMzTjiQZ196ZixXN2c7I+Hkv8AsLKP6nrMsoN4rRzm92o1MwUTAdBgNVHQ4EFgQU86uc7mMdvvXP9mOfw5u0/Fm1o8MwHwYDVR0jBBgwFoAU86uc7mMdvvXP9mOfw5u0/Fm1o8MwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA1FvvYADmpZJ2m0DiYQJmQ8dtW5t6vegSX0HgDAGKMSgCICZ6bKL3DtLSWSSkMYPzwqFMLEWG7YaTwoFNU7cOIeTu';
const provider = (changed: object = {}) => ({
  id: 'okta',
  name: 'okta',
  disabled: false,
  certificates: [CERTIFICATE],
  signAuthnRequests: true,
  ...changed,
});

export default defineControl({
  id: 'single-sign-on',
  title: 'Single sign-on',
  area: 'sign_in',
  promise: 'People sign in through the company’s identity provider, whose certificate is valid.',
  severity: 'medium',
  remedy:
    'In Genesys Cloud under Admin, Single Sign-on, enable the provider and upload its new certificate before the old one ends.',
  limits: 'The platform does not say whether people may also sign in with a password of its own.',
  requires: ['identityProviders'],
  thresholds: {
    certificateDaysLeft: {
      kind: 'number',
      title: 'Days a certificate must still be valid',
      default: 30,
      min: 0,
      max: 730,
      unit: 'days',
    },
    signedRequests: { kind: 'flag', title: 'Requests to the provider must be signed', default: true },
  },
  evaluate({ identityProviders }, thresholds, now) {
    const providers = listOf(identityProviders);
    const enabled = providers.filter((one) => flagIn(one, 'disabled') === false);
    const observations: Observation[] = [
      atLeast({ what: 'Number of enabled identity providers', key: 'enabled' }, enabled.length, 1),
    ];
    providers.forEach((one, place) => {
      const subject = subjectOf('IdentityProvider', one, place);
      const name = subject.name ?? subject.id;
      const disabled = flagIn(one, 'disabled');
      if (disabled === null) {
        const what = `State of provider ${name}`;
        observations.push(
          untold({ what, key: `${subject.id}/state`, subject }, 'enabled', 'the platform does not state it'),
        );
      }
      if (disabled !== false) return;
      if (flagOf(thresholds, 'signedRequests')) {
        const what = `Signing of requests to ${name}`;
        observations.push(
          mustBeOn({ what, key: `${subject.id}/signed`, subject }, flagIn(one, 'signAuthnRequests')),
        );
      }
      observations.push(
        certificateOf(one, { name, subject, min: numberOf(thresholds, 'certificateDaysLeft'), now }),
      );
    });
    return { observations };
  },
  examples: [
    {
      name: 'one provider, certificate valid for a year',
      inputs: { identityProviders: known([provider()]) },
      outcome: 'pass',
    },
    {
      name: 'none at all',
      inputs: { identityProviders: known([]) },
      outcome: 'fail',
      says: /^Number of enabled identity providers is 0, at least 1 is required$/,
    },
    {
      name: 'disabled',
      inputs: { identityProviders: known([provider({ disabled: true })]) },
      outcome: 'fail',
    },
    {
      name: 'unsigned requests',
      inputs: { identityProviders: known([provider({ signAuthnRequests: false })]) },
      outcome: 'fail',
    },
    {
      name: 'a certificate that ends too soon for this house',
      inputs: { identityProviders: known([provider()]) },
      thresholds: { certificateDaysLeft: 400 },
      outcome: 'fail',
      says: /Certificate of okta is valid for/,
    },
    {
      name: 'a certificate that cannot be read is no pass',
      inputs: { identityProviders: known([provider({ certificates: ['MIIBnonsense'] })]) },
      outcome: 'not_evaluated',
    },
    {
      name: 'not read',
      inputs: { identityProviders: notEvaluated('no permission sso:provider:view') },
      outcome: 'not_evaluated',
    },
  ],
});

/** The validity of the longest-lived certificate: a provider may hold the next one beside the present one. */
function certificateOf(
  provider: unknown,
  of: {
    readonly name: string;
    readonly subject: Observation['subject'];
    readonly min: number;
    readonly now: Date;
  },
): Observation {
  const about = {
    what: `Certificate of ${of.name}`,
    key: `${of.subject?.id}/certificate`,
    subject: of.subject,
  };
  const expected = `valid for at least ${of.min} days`;
  const single = textIn(provider, 'certificate');
  const texts = textsIn(provider, 'certificates') ?? (single === null ? [] : [single]);
  if (texts.length === 0) return untold(about, expected, 'the platform lists none');
  const ends = texts.flatMap((text) => validTo(text) ?? []);
  if (ends.length === 0) return untold(about, expected, 'it cannot be read');
  const days = Math.floor((Math.max(...ends) - of.now.getTime()) / DAY_MS);
  const actual = days < 0 ? `expired ${-days} days ago` : `valid for ${days} days`;
  return observed(about, { expected, actual, ok: days >= of.min });
}

/** End of validity in milliseconds; null for what is no certificate. */
function validTo(text: string): number | null {
  try {
    const bytes = text.includes('BEGIN CERTIFICATE') ? text : Buffer.from(text, 'base64');
    const end = Date.parse(new X509Certificate(bytes).validTo);
    return Number.isNaN(end) ? null : end;
  } catch {
    return null; // Not a certificate: told apart from one that expired.
  }
}
