import { publish } from '../../control/acts.ts';
import { type Actor, automation, platform } from '../../history/actors.ts';
import { type Event, NO_CITATION, Planter } from '../../history/planter.ts';
import { type Exchange, jsonBody, Refusal } from '../../http/exchange.ts';
import type { Sandbox } from '../../sandbox.ts';

/** What was done through the API, by the client that called. */
export function record(
  sandbox: Sandbox,
  exchange: Exchange,
  events: readonly Omit<Event, 'key' | 'at' | 'actor'>[],
): void {
  const planter = new Planter(sandbox.world);
  const id = exchange.caller?.clientId ?? '';
  const actor: Actor = {
    ...automation(sandbox.world, 'collector'),
    id,
    userId: id,
    clientId: id,
    ips: ['127.0.0.1'],
  };
  for (const event of events)
    planter.change({ key: 'api', at: Date.now(), actor, marks: ['live', 'api'], ...event }, NO_CITATION);
  const last = planter.planted.at(-1);
  const [event] = events;
  if (last !== undefined && event !== undefined && event.service === 'Directory') {
    const bump = [{ property: 'version', oldValues: ['1'], newValues: ['2'] }];
    planter.platform({
      ...event,
      key: 'api',
      at: Date.now(),
      actor: platform(),
      changes: bump,
      marks: ['companion'],
    });
  }
  publish(sandbox, planter.planted);
}

/** The body as a list of ids. */
export function idsOf(exchange: Exchange): string[] {
  const body = jsonBody(exchange);
  if (!Array.isArray(body)) throw new Refusal(400, 'bad.request', 'The body must be an array of ids.');
  return body.map(String);
}
