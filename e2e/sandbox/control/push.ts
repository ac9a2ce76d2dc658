import { asPushed } from '../genesys/audit/large-results.ts';
import type { Planted } from '../history/record.ts';
import type { Sandbox } from '../sandbox.ts';
import { uuidOf } from '../world/chance.ts';
import { SECOND } from '../world/clock.ts';

/** Records in the envelope Amazon EventBridge delivers them in (contract section 4.1), under the same audit ids. */
export function envelopesOf(sandbox: Sandbox, planted: readonly Planted[]): Record<string, unknown>[] {
  const { world } = sandbox;
  return planted.map(({ record, at }) => ({
    version: '0',
    id: uuidOf(world.seed, `envelope/${record.id}`),
    'detail-type': 'v2.audits.entitytype.{id}.entityid.{id}',
    source: `aws.partner/genesys.com/cloud/${world.orgId}/compliance`,
    account: '111122223333',
    time: new Date(at + 2 * SECOND).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: 'eu-west-1',
    resources: [],
    detail: {
      topicName: `v2.audits.entitytype.${record.entityType}.entityid.${record.entity?.id ?? ''}`,
      version: '2',
      timestamp: new Date(at + 1_911).toISOString(),
      eventBody: JSON.parse(asPushed(JSON.stringify(record))) as unknown,
      metadata: { CorrelationId: uuidOf(world.seed, `push-correlation/${record.id}`) },
    },
  }));
}

/** The envelopes of a range of time, at most `limit`: for a test to deliver itself, late, twice or out of order. */
export function envelopesBetween(
  sandbox: Sandbox,
  range: { from: number; to: number; limit: number },
): Record<string, unknown>[] {
  const { from, to, limit } = range;
  const found = sandbox.store.select({ from, to, now: Date.now(), matches: null, hidden: new Set() });
  return envelopesOf(
    sandbox,
    found.slice(0, limit).map((make) => make()),
  );
}

/** Envelopes of one request. */
const PER_REQUEST = 100;

/** Delivers live records to the receiver set by `PUT /__sandbox/push`, if there is one. A failed delivery is lost, as a push may be. */
export function pushLive(sandbox: Sandbox, planted: readonly Planted[]): void {
  const receiver = sandbox.push;
  if (receiver === null) return;
  const envelopes = envelopesOf(sandbox, planted);
  for (let first = 0; first < envelopes.length; first += PER_REQUEST)
    fetch(receiver.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${receiver.key}` },
      body: JSON.stringify(envelopes.slice(first, first + PER_REQUEST)),
    }).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
}
