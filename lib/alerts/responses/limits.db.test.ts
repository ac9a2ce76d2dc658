import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ResponseStage, responseStage } from '../fixtures/response-stage';
import { selectOfFinding } from '../store/response/response-rows';
import { proposeResponses } from './propose-responses';

let stage: ResponseStage;
beforeAll(async () => {
  stage = await responseStage();
}, 120_000);
afterAll(() => stage.close());

test('D30: a flood in mode act approves no more than the limit of an hour, in one pass and over passes', async () => {
  const propose = () =>
    proposeResponses(stage.database.db, {
      orgId: stage.orgId,
      policy: { responses: { modes: { 'self-move': 'act' } } },
      now: new Date(),
      guardsContext: stage.context,
    });
  const names = ['Aoife Brennan', 'Bruno Alves', 'Rachel Goldberg'];
  for (const name of names) await stage.selfMove(name);
  expect((await propose()).approved).toHaveLength(3);
  const late = await stage.selfMove('Andre Jackson');
  expect((await propose()).approved).toEqual([]);
  for (const response of await selectOfFinding(stage.database.db.sql, late.id))
    expect(response).toMatchObject({
      state: 'refused',
      because: 'The limit is reached: 3 of 3 responses an hour are used up.',
    });
});
