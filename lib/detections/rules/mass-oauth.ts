import { concernOfChange } from '../model/concerns';
import { DANA, exampleChange } from '../model/example-subjects';
import type { Rule } from '../model/rule';

const ID = 'mass-oauth';
/** So many within an hour are still a person at work. */
const MOST_WITHIN_HOUR = 3;
const created = exampleChange({
  service: 'PeoplePermissions',
  entityType: 'OAuthClient',
  action: 'Create',
  entity: { id: 'client-1', name: 'Key 4' },
  risk: 'high',
});

const rule: Rule<'change'> = {
  id: ID,
  title: 'Many keys to the API made in a short time',
  about: `More than ${MOST_WITHIN_HOUR} OAuth clients by one actor within an hour: keys that outlive the account that made them. Told once per actor and day.`,
  severity: 'high',
  runbook:
    'Ask what they are for. Disable those nobody answers for, and look at what their tokens were used for.',
  controls: ['access-segregation'],
  on: 'change',
  responses: [],
  judge(change, context) {
    if (change.entityType !== 'OAuthClient' || change.action !== 'Create' || !change.accountable) return null;
    if (change.actor.id === null) return null;
    const made = context.clientsMadeWithinHour(change);
    if (made <= MOST_WITHIN_HOUR) return null;
    return concernOfChange(change, {
      rule: ID,
      key: `${ID}/${change.actor.id}/${change.at.toISOString().slice(0, 10)}`,
      severity: 'high',
      subject: { type: 'User', id: change.actor.id, name: change.actor.name },
      sentence: `${change.actor.name ?? 'Somebody'} made ${made} OAuth clients within an hour`,
      reasons: [
        `more than ${MOST_WITHIN_HOUR} by one actor within an hour`,
        `the last of them is ${change.entity.name ?? 'without a name'}`,
      ],
    });
  },
  examples: [
    {
      name: 'the fourth within an hour',
      subject: created,
      context: { clientsMadeWithinHour: () => 4 },
      finds: {
        severity: 'high',
        says: /^Dana Admin made 4 OAuth clients/,
        key: `mass-oauth/${DANA.id}/2026-11-20`,
      },
    },
    {
      name: 'the third within an hour',
      subject: created,
      context: { clientsMadeWithinHour: () => 3 },
      finds: null,
    },
    {
      name: 'something else was made',
      subject: exampleChange({ action: 'Create' }),
      context: { clientsMadeWithinHour: () => 9 },
      finds: null,
    },
  ],
};
export default rule;
