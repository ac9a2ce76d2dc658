import type { BuiltIn } from '../built-in-rules';
import { REMOVALS } from './actions';

/** How calls are carried and customers are routed. */
export const ROUTING_RULES: readonly BuiltIn[] = [
  {
    id: 'telephony-removed',
    name: 'Deletion of trunks, edges, sites and routes',
    entityTypes: [
      'Trunk',
      'TrunkBase',
      'Edge',
      'EdgeGroup',
      'Site',
      'OutboundRoute',
      'NumberPlan',
      'IVR',
      'EmergencyGroup',
    ],
    actions: REMOVALS,
    level: 'high',
    reason: 'calls may no longer go through',
    guards: 'deletions',
  },
  {
    id: 'telephony-changed',
    name: 'Trunks, routes and number plans changed',
    entityTypes: ['Trunk', 'TrunkBase', 'OutboundRoute', 'NumberPlan', 'EmergencyGroup'],
    actions: ['Create', 'Update', 'UpdateOutOfService'],
    level: 'medium',
    reason: 'it changes how calls are carried',
  },
  {
    id: 'encryption',
    name: 'Encryption settings',
    properties: ['*tls*', '*srtp*', '*cipher*', '*encrypt*'],
    level: 'high',
    reason: 'it touches encryption',
  },
  {
    id: 'routing-removed',
    name: 'Deletion of queues and flows',
    entityTypes: ['Queue', 'Flow'],
    actions: REMOVALS,
    level: 'high',
    reason: 'customers may no longer be routed',
  },
  {
    id: 'flow-published',
    name: 'Flow published, reverted or switched off',
    entityTypes: ['Flow'],
    actions: ['Publish', 'Revert', 'Deactivate'],
    level: 'medium',
    reason: 'it changes what callers meet',
  },
];
