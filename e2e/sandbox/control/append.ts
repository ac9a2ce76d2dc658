import { automation, person, platform } from '../history/actors.ts';
import { ADMINISTRATORS } from '../history/plant/routine.ts';
import { Planter } from '../history/planter.ts';
import { Refusal } from '../http/exchange.ts';
import type { Sandbox } from '../sandbox.ts';
import { userId } from '../world/build.ts';
import { agentName } from '../world/cast.ts';
import { cycle, uuidOf } from '../world/chance.ts';

/**
 * Adds plain records in a range of time that may already have been collected: late arrivals. Body: `from`, `to` (ISO),
 * `count`, and optionally `actor` (`person`, `pipeline` or `platform`) and `key` (two calls with one key give the same ids).
 */
export function appendRecords(sandbox: Sandbox, body: Record<string, unknown>): { ids: string[] } {
  const from = Date.parse(String(body.from));
  const to = Date.parse(String(body.to));
  const count = Number(body.count ?? 1);
  if (Number.isNaN(from) || Number.isNaN(to) || to <= from || !(count >= 0))
    throw new Refusal(400, 'bad.request', 'append needs from, to and count');
  const { world } = sandbox;
  const planter = new Planter(world);
  const key = String(body.key ?? `append/${sandbox.appended.length}`);
  for (let index = 0; index < count; index += 1) {
    const at = from + Math.floor(((to - from) * index) / count);
    const name = agentName(index % 90);
    const target = { entityType: 'AgentRoutingInfo', id: userId(world, name), name: '', nameAtEvent: name };
    const event = {
      key,
      at,
      service: 'ContactCenter',
      action: 'Update',
      target,
      changes: [{ property: 'utilization', oldValues: ['1'], newValues: [String(index)] }],
    };
    if (body.actor === 'platform') planter.platform({ ...event, actor: platform() });
    else
      planter.change({
        ...event,
        actor:
          body.actor === 'pipeline'
            ? automation(world, 'terraform')
            : person(world, cycle(ADMINISTRATORS, index)),
      });
  }
  const made = planter.planted.map((planted, index) => ({
    ...planted,
    record: { ...planted.record, id: uuidOf(world.seed, `${key}/${index}`) },
  }));
  sandbox.store.add(made);
  sandbox.appended.push(...made);
  return { ids: made.map((planted) => planted.record.id) };
}
