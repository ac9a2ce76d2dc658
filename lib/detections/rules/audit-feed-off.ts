import { concernOfChange } from '../model/concerns';
import { exampleChange } from '../model/example-subjects';
import type { Rule } from '../model/rule';
import type { ChangeSubject } from '../model/subject';

const ID = 'audit-feed-off';
const FEED = /event.?bridge|notification|audit/i;
const OFF_ACTIONS = ['Delete', 'BulkDelete', 'Disable', 'Deactivate'];
const disabled = exampleChange({
  service: 'Integrations',
  entityType: 'Integration',
  action: 'Update',
  entity: { id: 'integration-1', name: 'AWS feed' },
  propertyChanges: [{ property: 'intendedState', oldValues: ['ENABLED'], newValues: ['DISABLED'] }],
  sentence: 'Dana Admin changed Integration AWS feed',
});

const rule: Rule<'change'> = {
  id: ID,
  title: 'A feed of audit events was switched off',
  about:
    'The integration that sends audit events out (EventBridge, notifications) was disabled or removed. Collecting goes on, but events arrive minutes later, and somebody may want that.',
  severity: 'high',
  runbook:
    'Ask who switched it off and why; switch it on again; compare the time it was off on the Coverage page.',
  controls: ['audit-completeness'],
  on: 'change',
  responses: [],
  judge(change, context) {
    if (change.service !== 'Integrations' || change.entityType !== 'Integration' || !change.accountable)
      return null;
    if (!isOff(change)) return null;
    const type = change.entity.id === null ? null : context.integrationTypeOf(change.entity.id);
    // An integration that was removed before any snapshot is known by its name alone.
    if (!FEED.test(type ?? change.entity.name ?? '')) return null;
    return concernOfChange(change, {
      rule: ID,
      severity: 'high',
      sentence:
        `${change.actor.name ?? 'Somebody'} switched off the audit feed ${change.entity.name ?? ''}`.trim(),
      reasons: [
        `${change.action === 'Update' ? 'its state was set to off' : 'the integration was removed or disabled'}`,
        ...(type === null ? [] : [`it is of type ${type}`]),
      ],
      tell: ['officer', 'operator'],
    });
  },
  examples: [
    {
      name: 'disabled',
      subject: disabled,
      context: { integrationTypeOf: () => 'amazon-eventbridge-source' },
      finds: { severity: 'high', says: /^Dana Admin switched off the audit feed AWS feed$/ },
    },
    {
      name: 'removed, and known by its name alone',
      subject: {
        ...disabled,
        action: 'Delete',
        propertyChanges: [],
        entity: { id: 'i', name: 'EventBridge' },
      },
      finds: { severity: 'high' },
    },
    {
      name: 'switched on',
      subject: {
        ...disabled,
        propertyChanges: [{ property: 'intendedState', oldValues: ['DISABLED'], newValues: ['ENABLED'] }],
      },
      context: { integrationTypeOf: () => 'amazon-eventbridge-source' },
      finds: null,
    },
    {
      name: 'another kind of integration',
      subject: disabled,
      context: { integrationTypeOf: () => 'embedded-client-app' },
      finds: null,
    },
  ],
};
export default rule;

function isOff(change: ChangeSubject): boolean {
  if (OFF_ACTIONS.includes(change.action)) return true;
  return change.propertyChanges.some(
    (one) =>
      (/(intended|reported)?state$/i.test(one.property) &&
        one.newValues.some((value) => /disabled|inactive/i.test(value))) ||
      (/enabled$/i.test(one.property) && one.newValues.some((value) => /^false$/i.test(value))),
  );
}
