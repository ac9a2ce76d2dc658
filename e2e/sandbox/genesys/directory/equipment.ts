import { type Answer, type Exchange, listParam } from '../../http/exchange.ts';
import { type Route, route } from '../../http/routes.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import type { Thing } from '../../world/shapes.ts';
import { pageOf } from '../paging.ts';
import { held, sorted, things } from './listing.ts';

/** Integrations, data actions and telephony. */
export function equipmentRoutes(sandbox: Sandbox): Route[] {
  const { world } = sandbox;
  return [
    route(
      'GET /integrations',
      (exchange) => things(sandbox, exchange, world.integrations, 'integrations'),
      'integrations:integration:view',
    ),
    route('GET /integrations/actions', (exchange) => actions(sandbox, exchange), 'integrations:action:view'),
    route(
      'GET /integrations/actions/:id',
      (exchange) => ({
        status: 200,
        body: actionBody(
          held(sandbox, world.actions, exchange.params.id),
          exchange.query.get('includeConfig') === 'true',
        ),
      }),
      'integrations:action:view',
    ),
    route(
      'GET /integrations/:id/config/current',
      (exchange) => ({
        status: 200,
        body: {
          id: exchange.params.id,
          name: held(sandbox, world.integrations, exchange.params.id).name,
          version: 1,
          properties: {},
          advanced: {},
          notes: '',
          credentials: {},
        },
      }),
      'integrations:integration:view',
    ),
    route(
      'GET /telephony/providers/edges/trunks',
      (exchange) => trunks(sandbox, exchange),
      'telephony:plugin:all',
    ),
    route(
      'GET /telephony/providers/edges/trunkbasesettings',
      (exchange) => trunkBases(sandbox, exchange),
      'telephony:plugin:all',
    ),
    route(
      'GET /telephony/providers/edges/edgegroups',
      (exchange) => things(sandbox, exchange, world.edgeGroups, 'telephony/providers/edges/edgegroups'),
      'telephony:plugin:all',
    ),
    route(
      'GET /telephony/providers/edges/sites',
      (exchange) => things(sandbox, exchange, world.sites, 'telephony/providers/edges/sites'),
      'telephony:plugin:all',
    ),
    route('GET /telephony/providers/edges', (exchange) => pageOf(exchange, []), 'telephony:plugin:all'),
  ];
}

function actions(sandbox: Sandbox, exchange: Exchange): Answer {
  const withConfig = exchange.query.get('includeConfig') === 'true';
  return pageOf(
    exchange,
    sorted(sandbox.world.actions.list(directoryInstant(sandbox))).map((action) =>
      actionBody(action, withConfig),
    ),
  );
}

function actionBody(action: Thing, withConfig: boolean): Record<string, unknown> {
  const { config, ...rest } = action.body ?? {};
  return {
    id: action.id,
    name: action.name,
    ...rest,
    ...(withConfig ? { config } : {}),
    selfUri: `/api/v2/integrations/actions/${action.id}`,
  };
}

function trunks(sandbox: Sandbox, exchange: Exchange): Answer {
  const now = directoryInstant(sandbox);
  const all = sorted(sandbox.world.trunks.list(now)).map((trunk) => ({
    id: trunk.id,
    name: trunk.name,
    trunkType: trunk.trunkType,
    trunkBase: { id: trunk.baseId, name: sandbox.world.trunkBases.get(trunk.baseId, now)?.name ?? '' },
    inService: trunk.inService,
    enabled: true,
    connectedStatus: { connected: trunk.inService },
    state: 'active',
    selfUri: `/api/v2/telephony/providers/edges/trunks/${trunk.id}`,
  }));
  return pageOf(exchange, all);
}

/** Properties come only when asked for; managed trunks hide most of theirs. */
function trunkBases(sandbox: Sandbox, exchange: Exchange): Answer {
  const expanded = listParam(exchange.query, 'expand').includes('properties');
  const all = sorted(sandbox.world.trunkBases.list(directoryInstant(sandbox))).map((base) => {
    const { properties, ...rest } = base.body ?? {};
    return {
      id: base.id,
      name: base.name,
      state: base.state,
      ...rest,
      ...(expanded ? { properties } : {}),
      selfUri: `/api/v2/telephony/providers/edges/trunkbasesettings/${base.id}`,
    };
  });
  return pageOf(exchange, all);
}
