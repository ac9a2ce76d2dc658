import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import { atLeast, observed, untold } from '../model/observe';
import { listOf, memberOf, subjectOf, textIn } from '../model/read-json';
import { flagOf } from '../model/threshold';

const KMS = {
  id: 'k1',
  keyConfigurationType: 'KmsSymmetric',
  url: 'arn:aws:kms:eu-west-1:1:key/a',
  lastError: null,
};
const KEY = { id: 'r1', createDate: '2026-11-18T00:00:00Z', keyConfigurationType: 'KmsSymmetric' };
/** Ways to encrypt that the platform knows; `None` is the absence of one of the customer's own. */
const OWN = ['KmsSymmetric', 'LocalKeyManager'];

export default defineControl({
  id: 'recording-encryption',
  title: 'Recordings are encrypted with a key that is active',
  area: 'protection',
  promise: 'Recordings are encrypted at rest with a key that exists and works.',
  severity: 'critical',
  remedy:
    'In Genesys Cloud under Admin, Quality, Encryption Keys, repair the key configuration and create a key.',
  requires: ['keyConfigurations', 'recordingKeys'],
  thresholds: {
    ownKey: {
      kind: 'flag',
      title: 'The key must be the customer’s own (KMS or local key manager)',
      default: false,
      why: 'The platform encrypts with a key of its own where no other is configured',
    },
  },
  evaluate({ keyConfigurations, recordingKeys }, thresholds) {
    const configurations = listOf(keyConfigurations);
    const keys = listOf(recordingKeys);
    const observations: Observation[] = [
      atLeast({ what: 'Number of recording keys', key: 'keys' }, keys.length, 1),
    ];
    if (configurations.length === 0)
      observations.push(
        observed(
          { what: 'Key configuration', key: 'configuration' },
          { expected: 'one configuration', actual: 'absent', ok: false },
        ),
      );
    configurations.forEach((one, place) => {
      const subject = subjectOf('KeyConfiguration', one, place);
      const type = textIn(one, 'keyConfigurationType');
      const about = {
        what: `Encryption of key configuration ${subject.id}`,
        key: `${subject.id}/type`,
        subject,
      };
      const own = flagOf(thresholds, 'ownKey');
      const expected = own ? OWN.join(' or ') : 'any but None';
      observations.push(
        type === null
          ? untold(about, expected, 'the platform does not state it')
          : observed(about, { expected, actual: type, ok: own ? OWN.includes(type) : type !== 'None' }),
      );
      const error = memberOf(one, 'lastError');
      observations.push(
        observed(
          { what: `Last error of key configuration ${subject.id}`, key: `${subject.id}/error`, subject },
          {
            expected: 'none',
            actual: error === null || error === undefined || error === '' ? 'none' : JSON.stringify(error),
            ok: error === null || error === undefined || error === '',
          },
        ),
      );
    });
    return { observations };
  },
  examples: [
    {
      name: 'I6: a KMS key that works',
      inputs: { keyConfigurations: known([KMS]), recordingKeys: known([KEY]) },
      outcome: 'pass',
    },
    {
      name: 'I6: no key was ever made',
      inputs: { keyConfigurations: known([KMS]), recordingKeys: known([]) },
      outcome: 'fail',
      says: /^Number of recording keys is 0, at least 1 is required$/,
    },
    {
      name: 'I6: the last use of the key failed',
      inputs: {
        keyConfigurations: known([{ ...KMS, lastError: { message: 'AccessDenied' } }]),
        recordingKeys: known([KEY]),
      },
      outcome: 'fail',
      says: /AccessDenied/,
    },
    {
      name: 'I6: encryption set to none',
      inputs: {
        keyConfigurations: known([{ ...KMS, keyConfigurationType: 'None' }]),
        recordingKeys: known([KEY]),
      },
      outcome: 'fail',
    },
    {
      name: 'the platform’s own key where the customer’s is demanded',
      inputs: {
        keyConfigurations: known([{ ...KMS, keyConfigurationType: 'Native' }]),
        recordingKeys: known([KEY]),
      },
      thresholds: { ownKey: true },
      outcome: 'fail',
    },
    {
      name: 'I28: no permission',
      inputs: {
        keyConfigurations: notEvaluated('no permission recording:encryptionKey:view'),
        recordingKeys: known([KEY]),
      },
      outcome: 'not_evaluated',
      says: /recording:encryptionKey:view/,
    },
  ],
});
