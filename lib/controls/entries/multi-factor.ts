import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import { mustBeOn } from '../model/observe';
import { flagIn } from '../model/read-json';

export default defineControl({
  id: 'multi-factor',
  title: 'Second factor at sign-in',
  area: 'sign_in',
  promise: 'Everybody who signs in with a password gives a second factor.',
  severity: 'high',
  remedy:
    'In Genesys Cloud under Admin, Organization Settings, require multi-factor authentication for all users.',
  limits: 'A second factor that an identity provider asks for is not visible to the platform.',
  requires: ['authentication'],
  thresholds: {},
  evaluate({ authentication }) {
    return {
      observations: [
        mustBeOn(
          { what: 'Multi-factor authentication', key: 'multifactorAuthenticationRequired' },
          flagIn(authentication, 'multifactorAuthenticationRequired'),
        ),
      ],
    };
  },
  examples: [
    {
      name: 'required',
      inputs: { authentication: known({ multifactorAuthenticationRequired: true }) },
      outcome: 'pass',
    },
    {
      name: 'not required',
      inputs: { authentication: known({ multifactorAuthenticationRequired: false }) },
      outcome: 'fail',
      says: /^Multi-factor authentication is off, on is required$/,
    },
    { name: 'not stated', inputs: { authentication: known({}) }, outcome: 'not_evaluated' },
    {
      name: 'not read',
      inputs: { authentication: notEvaluated('no permission x') },
      outcome: 'not_evaluated',
    },
  ],
});
