import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob, type Handlers } from './job';

const note = defineJob({ name: 'testing.note', schema: z.object({ id: z.string() }) });
const other = defineJob({ name: 'testing.other-thing', schema: z.object({}) });
type Needed = Handlers<readonly [typeof note, typeof other]>;

describe('a job', () => {
  test('has five attempts and the quick lane unless it says otherwise', () => {
    expect(note).toMatchObject({ name: 'testing.note', attempts: 5, lane: 'quick', schedule: null });
  });

  test.each(['note', 'Testing.note', 'testing.', 'a:b.c', 'testing.note.more'])(
    'is not called %j',
    (name) => {
      expect(() => defineJob({ name, schema: z.object({}) })).toThrow('<room>.<verb-noun>');
    },
  );

  test('without a handler does not compile, nor with one for another payload', () => {
    // Checked by the compiler: each line is wrong as soon as the type lets the mistake pass.
    const withoutOther: { 'testing.note': Needed['testing.note'] } extends Needed ? 'compiles' : 'refused' =
      'refused';
    const wrongPayload: ((payload: { id: number }) => Promise<void>) extends Needed['testing.note']
      ? 'compiles'
      : 'refused' = 'refused';
    const right: ((payload: { id: string }) => Promise<void>) extends Needed['testing.note']
      ? 'compiles'
      : 'refused' = 'compiles';
    expect([withoutOther, wrongPayload, right]).toEqual(['refused', 'refused', 'compiles']);
  });
});
