'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { fetchJson } from './fetch-json';

type Command = {
  readonly path: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
};

/** Sends a change to the API and then asks again for everything on the page, since one act may move several numbers. */
export function useCommand<Input, Answer>(
  toCommand: (input: Input) => Command,
  options: { onDone?: (answer: Answer, input: Input) => void } = {},
) {
  const client = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: (input) => {
      const { path, ...rest } = toCommand(input);
      return fetchJson<Answer>(path, rest);
    },
    onSuccess: async (answer, input) => {
      options.onDone?.(answer, input);
      await client.invalidateQueries({ queryKey: ['api'] });
    },
  });
}
