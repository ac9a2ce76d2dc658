import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import { atMost, mustBeNone, mustBeOn } from '../model/observe';
import { flagIn, memberOf, numberIn, textsIn } from '../model/read-json';
import { flagOf, numberOf } from '../model/threshold';

const timeout = (changed: object = {}) =>
  known({
    enableIdleTokenTimeout: true,
    idleTokenTimeoutSeconds: 900,
    inactivityTimeoutGroupBundles: [],
    ...changed,
  });
const settings = (exclusions: readonly string[] = []) => known({ inactivityTimeoutExclusions: exclusions });

export default defineControl({
  id: 'session-timeout',
  title: 'Idle sessions end',
  area: 'sign_in',
  promise: 'A session nobody uses ends by itself.',
  severity: 'medium',
  remedy:
    'In Genesys Cloud under Admin, Organization Settings, switch the inactivity timeout on and shorten it.',
  requires: ['tokenTimeout', 'authentication'],
  thresholds: {
    idleSeconds: {
      kind: 'number',
      title: 'Longest idle time',
      default: 900,
      min: 300,
      max: 28_800,
      unit: 'seconds',
      why: 'PCI DSS 4.0.1, 8.2.8: 15 minutes; the platform allows 300 to 28,800 seconds',
    },
    allowExclusions: { kind: 'flag', title: 'Applications may be left out of the timeout', default: false },
  },
  evaluate({ tokenTimeout, authentication }, thresholds) {
    const max = numberOf(thresholds, 'idleSeconds');
    const groups = memberOf(tokenTimeout, 'inactivityTimeoutGroupBundles');
    const excluded = textsIn(authentication, 'inactivityTimeoutExclusions') ?? [];
    return {
      observations: [
        mustBeOn({ what: 'Idle timeout', key: 'enabled' }, flagIn(tokenTimeout, 'enableIdleTokenTimeout')),
        atMost(
          { what: 'Idle timeout', key: 'seconds' },
          numberIn(tokenTimeout, 'idleTokenTimeoutSeconds'),
          max,
          'seconds',
        ),
        // Groups may have a timeout of their own, longer than everybody's.
        ...(Array.isArray(groups) ? groups : []).map((group: unknown, index) =>
          atMost(
            { what: `Idle timeout of group setting ${index + 1}`, key: `group-${index + 1}` },
            numberIn(group, 'idleTokenTimeoutSeconds') ?? numberIn(group, 'timeoutSeconds'),
            max,
            'seconds',
          ),
        ),
        ...(flagOf(thresholds, 'allowExclusions')
          ? []
          : [
              mustBeNone(
                { what: 'Applications left out of the timeout', key: 'exclusions' },
                excluded.length,
                'applications are left out of the timeout',
                excluded.join(', '),
              ),
            ]),
      ],
    };
  },
  examples: [
    {
      name: '15 minutes for everybody',
      inputs: { tokenTimeout: timeout(), authentication: settings() },
      outcome: 'pass',
    },
    {
      name: 'an hour',
      inputs: { tokenTimeout: timeout({ idleTokenTimeoutSeconds: 3_600 }), authentication: settings() },
      outcome: 'fail',
      says: /^Idle timeout is 3600 seconds, at most 900 seconds is required$/,
    },
    {
      name: 'switched off',
      inputs: { tokenTimeout: timeout({ enableIdleTokenTimeout: false }), authentication: settings() },
      outcome: 'fail',
      says: /Idle timeout is off/,
    },
    {
      name: 'an application left out',
      inputs: { tokenTimeout: timeout(), authentication: settings(['desktop']) },
      outcome: 'fail',
      says: /desktop/,
    },
    {
      name: 'a group with a longer one',
      inputs: {
        tokenTimeout: timeout({ inactivityTimeoutGroupBundles: [{ idleTokenTimeoutSeconds: 7_200 }] }),
        authentication: settings(),
      },
      outcome: 'fail',
    },
    {
      name: 'not read',
      inputs: { tokenTimeout: notEvaluated('the platform is not reachable'), authentication: settings() },
      outcome: 'not_evaluated',
    },
  ],
});
