import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import { atLeast, observed } from '../model/observe';
import { memberOf, numberIn } from '../model/read-json';
import { numberOf } from '../model/threshold';

const STRONG = {
  minimumLength: 12,
  minimumDigits: 1,
  minimumLetters: 1,
  minimumUpper: 1,
  minimumLower: 1,
  minimumSpecials: 1,
  minimumAgeSeconds: 86_400,
  expirationDays: 90,
};
const answer = (changed: Partial<typeof STRONG> = {}) =>
  known({ passwordRequirements: { ...STRONG, ...changed } });

const PARAMETERS = [
  ['minimumLength', 'Minimum password length', 'characters'],
  ['minimumSpecials', 'Minimum number of special characters', ''],
  ['minimumDigits', 'Minimum number of digits', ''],
  ['minimumLetters', 'Minimum number of letters', ''],
  ['minimumUpper', 'Minimum number of upper-case letters', ''],
  ['minimumLower', 'Minimum number of lower-case letters', ''],
  ['minimumAgeSeconds', 'Minimum password age', 'seconds'],
] as const;

const count = (title: string, value: number, max: number, unit = '') =>
  ({ kind: 'number', title, default: value, min: 0, max, unit }) as const;

export default defineControl({
  id: 'password-policy',
  title: 'Password policy',
  area: 'sign_in',
  promise: 'Passwords are long, mixed and rotated as the policy demands.',
  severity: 'high',
  remedy:
    'In Genesys Cloud under Admin, Organization Settings, raise each parameter named here to its required value.',
  limits:
    'The platform has no setting for password history or lock-out, so neither is looked at. Passwords of an identity provider follow its own policy.',
  requires: ['authentication'],
  thresholds: {
    minimumLength: {
      ...count('Minimum password length', 12, 64, 'characters'),
      why: 'PCI DSS 4.0.1, 8.3.6: at least 12 characters',
    },
    minimumSpecials: count('Minimum number of special characters', 1, 16),
    minimumDigits: count('Minimum number of digits', 1, 16),
    minimumLetters: count('Minimum number of letters', 1, 16),
    minimumUpper: count('Minimum number of upper-case letters', 1, 16),
    minimumLower: count('Minimum number of lower-case letters', 1, 16),
    minimumAgeSeconds: count('Minimum password age', 86_400, 2_592_000, 'seconds'),
    expirationDays: {
      kind: 'number',
      title: 'Longest time until a password must be changed',
      default: 90,
      min: 1,
      max: 3_650,
      unit: 'days',
      why: 'PCI DSS 4.0.1, 8.3.9: 90 days where the password is the only factor',
    },
  },
  evaluate({ authentication }, thresholds) {
    const rules = memberOf(authentication, 'passwordRequirements');
    const days = numberIn(rules, 'expirationDays');
    const most = numberOf(thresholds, 'expirationDays');
    return {
      observations: [
        ...PARAMETERS.map(([name, what, unit]) =>
          atLeast({ what, key: name }, numberIn(rules, name), numberOf(thresholds, name), unit),
        ),
        observed(
          { what: 'Password expiry', key: 'expirationDays' },
          {
            expected: `at most ${most} days`,
            // 0 stands for passwords that never expire: the smallest number and the weakest rule.
            actual: days === null ? 'the platform does not state it' : days === 0 ? 'never' : `${days} days`,
            ok: days === null ? null : days > 0 && days <= most,
          },
        ),
      ],
    };
  },
  examples: [
    { name: 'every parameter as required', inputs: { authentication: answer() }, outcome: 'pass' },
    {
      name: 'I5: a length of 8 fails and says so',
      inputs: { authentication: answer({ minimumLength: 8 }) },
      outcome: 'fail',
      says: /^Minimum password length is 8 characters, at least 12 characters is required$/,
    },
    {
      name: 'I5: no special character',
      inputs: { authentication: answer({ minimumSpecials: 0 }) },
      outcome: 'fail',
      says: /Minimum number of special characters is 0, at least 1 is required/,
    },
    {
      name: 'I5: never rotated',
      inputs: { authentication: answer({ expirationDays: 0 }) },
      outcome: 'fail',
      says: /Password expiry is never/,
    },
    {
      name: 'a stricter house passes by its own threshold only',
      inputs: { authentication: answer() },
      thresholds: { minimumLength: 14 },
      outcome: 'fail',
    },
    {
      name: 'a parameter that is not stated is no pass',
      inputs: { authentication: known({ passwordRequirements: { minimumLength: 20 } }) },
      outcome: 'not_evaluated',
    },
    {
      name: 'I28: without the permission',
      inputs: { authentication: notEvaluated('no permission directory:organization:admin') },
      outcome: 'not_evaluated',
      says: /no permission directory:organization:admin/,
    },
  ],
});
