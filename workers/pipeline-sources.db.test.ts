import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSource } from '@/lib/auth/settings/change-source';
import { wrappingKey } from '@/lib/auth/settings/secret-box';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { ANCHOR, type PipelineStage, pipelineStage } from './fixtures/pipeline-stage';
import { passOver } from './pipeline';
import { relinkOrganization, WHOLE_HISTORY } from './pipeline-links';

/** A source of tickets that is connected later than the changes that cite it were collected. */

/** Farther back than the nightly looking again goes. */
const RANGE = { from: addMs(ANCHOR, -62 * DAY_MS), to: addMs(ANCHOR, -60 * DAY_MS) };

let stage: PipelineStage;

beforeAll(async () => {
  stage = await pipelineStage({ without: ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN'] });
  globalThis.tallystickWrappingKey = wrappingKey('a key of this test alone, long enough');
}, 120_000);
afterAll(async () => {
  globalThis.tallystickWrappingKey = undefined;
  await stage?.close();
});

async function wrong(): Promise<number> {
  const rows = await stage.rows<{ id: string; linkage: string }>('select id, linkage from change');
  const found = new Map(rows.map((row) => [row.id, row.linkage]));
  return [...stage.sandbox.state.store.all()].filter(
    ({ record, label }) => found.has(record.id) && found.get(record.id) !== label.linkage,
  ).length;
}

test('R5: a source added on the Settings page mends older changes too, once they are judged again', async () => {
  const before = await stage.reach();
  await passOver(stage.product, before, { ask: { kind: 'resweep', ...RANGE }, snapshot: false });
  expect(await wrong()).toBeGreaterThan(0);
  const { JIRA_BASE_URL: baseUrl, JIRA_EMAIL: email, JIRA_API_TOKEN: apiToken = '' } = stage.sandbox.env;
  await stage.product.db.transaction((sql) =>
    addSource(
      sql,
      { kind: 'jira', name: 'Jira', orgId: before.orgId, config: { baseUrl, email }, secrets: { apiToken } },
      { actor: SYSTEM_ACTOR, now: new Date() },
    ),
  );
  const after = await stage.reach();
  expect(after.links.jira).not.toBeNull();
  const nightly = await relinkOrganization(stage.product, after);
  expect(nightly.judged).toBe(0);
  const all = await relinkOrganization(stage.product, after, WHOLE_HISTORY);
  expect(all.sourcesDown).toEqual([]);
  expect(all.linked).toBeGreaterThan(0);
  expect(await wrong()).toBe(0);
});
