'use client';

import { type FormEvent, useState } from 'react';
import { ApiError } from '@/components/api/api-error';
import { fetchJson } from '@/components/api/fetch-json';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';

const SHORTEST = 10;

/** The one answer to a question. */
export function AnswerForm({ token }: { readonly token: string }) {
  const [words, setWords] = useState('');
  const [reference, setReference] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (words.trim().length < SHORTEST) {
      setProblem(`An answer of at least ${SHORTEST} characters is needed.`);
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await fetchJson('/api/v1/justifications/answer', {
        method: 'POST',
        body: {
          token,
          words: words.trim(),
          ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
        },
      });
      setDone(true);
    } catch (error) {
      const hint = error instanceof ApiError ? error.hint : null;
      setProblem(`${error instanceof Error ? error.message : 'cannot send the answer'}. ${hint ?? ''}`);
    }
    setBusy(false);
  }

  if (done)
    return (
      <p role="status" className="border-l-2 border-linked px-3 py-2">
        Thank you. Your answer is kept with the change; you can close this page.
      </p>
    );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label="Your answer" required hint="Why it was done, and who agreed to it" error={problem}>
        {(control) => (
          <Textarea
            {...control}
            rows={6}
            value={words}
            maxLength={4_000}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Ticket" hint="Such as CHG0031022 or NWC-12, if there is one">
        {(control) => (
          <Input
            {...control}
            value={reference}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" busy={busy} className="self-start">
        Send the answer
      </Button>
    </form>
  );
}
