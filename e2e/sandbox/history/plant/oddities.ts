import { queueId } from '../../world/build.ts';
import { uuidOf } from '../../world/chance.ts';
import { ago, MINUTE, SECOND } from '../../world/clock.ts';
import { nobody, person } from '../actors.ts';
import type { Event } from '../planter.ts';
import type { Stage } from '../scene.ts';

/** Texts that look like a citation and are none. */
export const RED_HERRINGS: readonly string[] = [
  'Switched the export to UTF-8',
  'Dates are ISO-8601 now',
  'Uses AES-256 and SHA-256',
  'Copied from 3f2b8c1d-9a4e-4c7b-8f21-0d9e5b6a7c8d',
  'Valid from 2026-03-01 to 2026-03-31',
  'The facade of the menu, effaced and decaded',
  'Caller list 1234567 and 20260301',
  'CHG123 is too short to be a change request',
  'Rota Q3-2026 for the COVID-19 line',
  'nwc-1 in small letters is a file name',
];

/** Shapes of records that break careless readers, and texts that break careless matchers. */
export function plantOddities(stage: Stage): void {
  plantRedHerrings(stage);
  plantShapes(stage);
  plantUnknowns(stage);
  plantTies(stage);
  plantBoundaries(stage);
}

function queueEvent({ world }: Stage, daysAgo: number, time: string, key: string): Event {
  const name = 'Switchboard';
  return {
    key,
    at: ago(world.anchor, daysAgo, time),
    actor: person(world, 'Claire Fontaine'),
    service: 'ContactCenter',
    action: 'Update',
    target: { entityType: 'Queue', id: queueId(world, name), name },
  };
}

function plantRedHerrings(stage: Stage): void {
  const { planter, desk } = stage;
  RED_HERRINGS.forEach((text, index) => {
    planter.change(
      {
        ...queueEvent(stage, 4 + index * 5, '22:31:00', 'red-herring'),
        changes: [{ property: 'description', oldValues: [''], newValues: [text] }],
      },
      desk.none(),
    );
  });
  const held = desk.jiraShared(ago(stage.world.anchor, 13));
  // A key in an old value, in a name and in another property cites nothing.
  planter.change(
    {
      ...queueEvent(stage, 13, '22:40:00', 'red-herring'),
      changes: [{ property: 'description', oldValues: [held.text], newValues: [''] }],
      marks: ['key-in-old-value'],
    },
    desk.none(),
  );
  planter.change(
    {
      ...queueEvent(stage, 13, '22:45:00', 'red-herring'),
      changes: [{ property: 'callingPartyName', oldValues: [''], newValues: [held.text] }],
      marks: ['key-in-other-property'],
    },
    desk.none(),
  );
}

/** Several, no, array and serialised values; a missing status; a warning; no user; no entity name; no lists at all. */
function plantShapes(stage: Stage): void {
  const { world, planter, desk } = stage;
  const event = (daysAgo: number, mark: string): Event => ({
    ...queueEvent(stage, daysAgo, '23:21:00', 'shape'),
    marks: [`shape:${mark}`],
  });
  const many = Array.from({ length: 14 }, (_, index) => ({
    property: `setting.${index}`,
    oldValues: [`a${index}`],
    newValues: [`b${index}`],
  }));
  planter.change(
    { ...event(71, 'many-properties'), changes: many },
    desk.jiraShared(ago(world.anchor, 71)),
    'context',
  );
  planter.change({ ...event(68, 'no-property') }, desk.jiraShared(ago(world.anchor, 68)), 'context');
  planter.change(
    {
      ...event(65, 'array-values'),
      changes: [{ property: 'skills', oldValues: ['a', 'b', 'c'], newValues: ['c', 'd'] }],
    },
    desk.none(),
  );
  planter.change(
    {
      ...event(62, 'json-in-string'),
      changes: [
        {
          property: 'mediaSettings',
          oldValues: ['{"call":{"alerting":8}}'],
          newValues: ['{"call":{"alerting":12},"note":"x"}'],
        },
      ],
    },
    desk.none(),
  );
  planter.change(
    { ...event(59, 'missing-old-values'), changes: [{ property: 'outboundName', newValues: ['new'] }] },
    desk.jiraShared(ago(world.anchor, 59)),
    'context',
  );
  planter.change(
    { ...event(56, 'status-warning'), status: 'WARNING' },
    desk.jiraShared(ago(world.anchor, 56)),
    'context',
  );
  planter.change({ ...event(53, 'no-status'), status: null }, desk.none());
  planter.change({ ...event(51, 'no-user'), actor: nobody() }, desk.none());
  planter.change(
    {
      ...event(48, 'no-entity-name'),
      target: { entityType: 'Queue', id: queueId(world, 'Switchboard'), nameAtEvent: 'Switchboard' },
    },
    desk.jiraShared(ago(world.anchor, 48)),
    'context',
  );
  planter.change(
    {
      ...event(46, 'no-lists'),
      extra: {
        propertyChanges: undefined,
        entityChanges: undefined,
        context: undefined,
        remoteIp: undefined,
      },
    },
    desk.none(),
  );
  planter.change({ ...event(43, 'ipv6'), extra: { remoteIp: ['2001:db8::17', '10.0.0.8'] } }, desk.none());
  planter.change(
    {
      ...event(40, 'entity-changes'),
      extra: {
        entityChanges: [
          {
            entityId: queueId(world, 'Switchboard'),
            entityName: 'Switchboard',
            entityType: 'Queue',
            oldValues: ['1'],
            newValues: ['2'],
          },
        ],
      },
    },
    desk.jiraShared(ago(world.anchor, 40)),
    'context',
  );
}

/** A service, an action, an entity type and fields that no list knows. All count as changes. */
function plantUnknowns(stage: Stage): void {
  const { world, planter, desk } = stage;
  const thing = (name: string) => ({ id: uuidOf(world.seed, `unknown/${name}`), name });
  const actor = person(world, 'Claire Fontaine');
  const common = { key: 'unknown', actor };
  planter.change(
    {
      ...common,
      at: ago(world.anchor, 36, '23:41:00'),
      service: 'QuantumRouting',
      action: 'Update',
      target: { entityType: 'Entanglement', ...thing('service') },
      marks: ['unknown-service'],
    },
    desk.none(),
  );
  planter.change(
    {
      ...common,
      at: ago(world.anchor, 34, '23:41:00'),
      service: 'Routing',
      action: 'Defragment',
      target: { entityType: 'RoutingSkill', ...thing('action') },
      marks: ['unknown-action'],
    },
    desk.jiraShared(ago(world.anchor, 34)),
    'context',
  );
  planter.change(
    {
      ...common,
      at: ago(world.anchor, 32, '23:41:00'),
      service: 'Telephony',
      action: 'Update',
      target: { entityType: 'HologramTrunk', ...thing('entity') },
      marks: ['unknown-entity-type'],
    },
    desk.none(),
  );
  for (const daysAgo of [29, 10, 2]) {
    planter.change(
      {
        ...common,
        at: ago(world.anchor, daysAgo, '23:41:00'),
        service: 'Integrations',
        action: 'Update',
        target: { entityType: 'Integration', ...thing('fields') },
        marks: ['unknown-field'],
        extra: { dataResidency: { region: 'eu-west-1' }, retentionClass: 7 },
      },
      desk.jiraShared(ago(world.anchor, daysAgo)),
      'context',
    );
  }
}

/** Six changes within one second by different people, and neighbours a second apart. */
function plantTies(stage: Stage): void {
  const { world, planter, desk } = stage;
  const people = ['Ana Ruiz', 'Priya Nair', 'Mei Tanaka', 'Marcus Webb', 'Victor Chen', 'Ruth Abernathy'];
  people.forEach((name, index) => {
    const at = ago(world.anchor, 25, '23:59:59') + (index > 3 ? SECOND : 0);
    planter.change(
      { ...queueEvent(stage, 25, '23:59:59', 'tie'), at, actor: person(world, name), marks: ['tie'] },
      index % 2 === 0 ? desk.jiraShared(at) : desk.none(),
    );
  });
  planter.change(
    { ...queueEvent(stage, 1, '23:59:59', 'tie'), marks: ['last-second-before-anchor'] },
    desk.none(),
  );
}

/** Approved in the same second, at a window's first and last instant, and two citations of which the better one wins. */
function plantBoundaries(stage: Stage): void {
  const { planter, desk } = stage;
  for (let index = 0; index < 12; index += 1) {
    const event = queueEvent(stage, 5 + index * 6, '20:50:00', 'boundary');
    const at = event.at + index * MINUTE;
    const reasons = [
      () => desk.jiraAtTheInstant(at),
      () => desk.mixed(at, 'linked'),
      () => desk.mixed(at, 'late_approval'),
      () => desk.mixed(at, 'outside_window'),
    ];
    planter.change(
      { ...event, at, marks: ['boundary'] },
      (reasons[index % reasons.length] ?? reasons[0]!)(),
      index % 2 === 0 ? 'description' : 'message',
    );
  }
}
