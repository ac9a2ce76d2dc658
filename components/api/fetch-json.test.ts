import { describe, expect, it } from 'vitest';
import { readProblem } from './fetch-json';

describe('an error answer of the API', () => {
  it('is told by its sentence, its hint and the id to quote', () => {
    const problem = readProblem(
      JSON.stringify({
        type: 'urn:tallystick:problem:conflict',
        title: 'Conflict',
        status: 409,
        detail: 'cannot start a collection: one is running',
        code: 'conflict',
        hint: 'Wait for it to finish.',
        requestId: 'req-12345678',
      }),
    );
    expect(problem).toEqual({
      message: 'cannot start a collection: one is running',
      code: 'conflict',
      hint: 'Wait for it to finish.',
      requestId: 'req-12345678',
      fields: {},
    });
  });

  it('keeps the first thing that is wrong with each field', () => {
    const problem = readProblem(
      JSON.stringify({
        title: 'The request cannot be read',
        issues: [
          { at: 'email', message: 'is no address' },
          { at: 'email', message: 'is too long' },
          { at: 'role' },
          null,
        ],
      }),
    );
    expect(problem?.message).toBe('The request cannot be read');
    expect(problem?.fields).toEqual({ email: 'is no address' });
  });

  it.each(['<html>502</html>', '', '[]', '"text"', '{}'])('is none when the body is %j', (body) => {
    expect(readProblem(body)).toBeNull();
  });
});
