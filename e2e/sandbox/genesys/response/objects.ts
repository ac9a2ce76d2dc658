import { type Answer, type Exchange, Refusal } from '../../http/exchange.ts';
import type { Sandbox } from '../../sandbox.ts';
import { findDivision } from '../directory/grants.ts';
import { idsOf, record } from './record.ts';

/** The object types the platform moves this way (contract section 5.3). An edge group, a site or a trunk is none of them. */
const MOVABLE = new Set(
  'QUEUE CAMPAIGN CONTACTLIST DNCLIST EMAILCAMPAIGN MESSAGINGCAMPAIGN MANAGEMENTUNIT BUSINESSUNIT FLOW FLOWMILESTONE FLOWOUTCOME USER CALLROUTE EMERGENCYGROUPS ROUTINGSCHEDULES ROUTINGSCHEDULEGROUPS DATATABLES TEAM WORKBIN WORKTYPE EXTENSIONPOOL SKILLGROUP SCRIPT LIBRARY'.split(
    ' ',
  ),
);

/** Moves objects of one type into a division: all of them or none, with one audit record for each that moved. */
export function moveObjects(sandbox: Sandbox, exchange: Exchange): Answer {
  const { world } = sandbox;
  const division = findDivision(sandbox, exchange.params.id);
  const type = exchange.params.type ?? '';
  if (!MOVABLE.has(type))
    throw new Refusal(400, 'invalid.value', `${type} is no object type that can be moved.`);
  const kinds = {
    USER: { service: 'Directory', entityType: 'User', property: 'divisionId', all: world.users },
    QUEUE: { service: 'ContactCenter', entityType: 'Queue', property: 'division.id', all: world.queues },
    FLOW: { service: 'Architect', entityType: 'Flow', property: 'divisionId', all: world.flows },
    DATATABLES: {
      service: 'Datatables',
      entityType: 'Schema',
      property: 'divisionId',
      all: world.dataTables,
    },
  };
  const kind = Object.entries(kinds).find(([name]) => name === type)?.[1];
  const now = Date.now();
  const objects = idsOf(exchange).map((id) => {
    const object = kind?.all.get(id, now) ?? null;
    if (kind === undefined || object === null)
      throw new Refusal(404, 'not.found', `${type} ${id} not found.`);
    return { kind, object };
  });
  const events = objects.flatMap(({ kind: { service, entityType, property, all }, object }) => {
    if (object.divisionId === division.id) return [];
    const version = 'version' in object && entityType === 'User' ? { version: object.version + 1 } : {};
    all.patch(object.id, now, { divisionId: division.id, ...version });
    return [
      {
        service,
        action: 'Update',
        target: {
          entityType,
          id: object.id,
          name: entityType === 'User' ? '' : object.name,
          nameAtEvent: object.name,
        },
        changes: [{ property, oldValues: [object.divisionId ?? ''], newValues: [division.id] }],
      },
    ];
  });
  record(sandbox, exchange, events);
  return { status: 204 };
}
