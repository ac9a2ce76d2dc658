import { type Answer, type Exchange, listParam } from '../../http/exchange.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import type { Flow } from '../../world/shapes.ts';
import { pageOf } from '../paging.ts';
import { division } from './listing.ts';

/** The flows, deleted ones only when asked for. */
export function flows(sandbox: Sandbox, exchange: Exchange): Answer {
  const now = directoryInstant(sandbox);
  const divisions = listParam(exchange.query, 'divisionId');
  const types = listParam(exchange.query, 'type').map((type) => type.toUpperCase());
  const alive = sandbox.world.flows.list(now).map((flow) => ({ flow, deleted: false }));
  const gone =
    exchange.query.get('deleted') === 'true'
      ? sandbox.world.flows.gone(now).map((flow) => ({ flow, deleted: true }))
      : [];
  const all = [...alive, ...gone]
    .filter(
      ({ flow }) =>
        (divisions.length === 0 || divisions.includes(flow.divisionId)) &&
        (types.length === 0 || types.includes(flow.type)),
    )
    .sort((left, right) => (left.flow.name < right.flow.name ? -1 : 1));
  return pageOf(
    exchange,
    all.map(({ flow, deleted }) => flowBody(sandbox, flow, deleted)),
  );
}

/** A flow as the API shows one. */
export function flowBody(sandbox: Sandbox, flow: Flow, deleted: boolean): Record<string, unknown> {
  const latest = flow.versions.at(-1);
  const published =
    latest === undefined
      ? {}
      : { publishedVersion: flowVersion(latest, flow.id), checkedInVersion: flowVersion(latest, flow.id) };
  return {
    id: flow.id,
    name: flow.name,
    type: flow.type,
    division: division(sandbox, flow.divisionId),
    description: flow.description,
    deleted,
    active: !deleted,
    system: false,
    ...published,
    selfUri: `/api/v2/flows/${flow.id}`,
  };
}

/** One published version; Archy leaves a client and no person. */
export function flowVersion(version: Flow['versions'][number], flowId: string): Record<string, unknown> {
  return {
    id: version.version,
    name: version.version,
    commitVersion: version.version,
    configurationVersion: version.version,
    datePublished: version.publishedAt,
    dateCheckedIn: version.publishedAt,
    ...(version.byUserId === null
      ? {}
      : { createdBy: { id: version.byUserId, selfUri: `/api/v2/users/${version.byUserId}` } }),
    ...(version.byClientId === null ? {} : { createdByClient: { id: version.byClientId } }),
    selfUri: `/api/v2/flows/${flowId}/versions/${version.version}`,
  };
}
