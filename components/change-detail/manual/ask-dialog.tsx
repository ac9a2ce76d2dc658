'use client';

import { type FormEvent, useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Dialog } from '@/components/ui/overlay/dialog';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import { Textarea } from '@/components/ui/textarea';
import type { AskInput } from '@/lib/linking/contract/justifications';
import { JUSTIFICATIONS_PATH } from './paths';

type AskDialogProps = {
  readonly about: Pick<AskInput, 'changeIds' | 'sessionId'>;
  readonly what: string;
  /** Whom the directory knows; null where an address must be typed in. */
  readonly to: { readonly address: string; readonly name: string | null } | null;
  readonly onClose: () => void;
};

const SHORTEST = 10;
const DAYS = 7;

/** Puts a question to whoever made a change; they answer by a link in a mail, without an account. */
export function AskDialog({ about, what, to, onClose }: AskDialogProps) {
  const say = useNotice();
  const [question, setQuestion] = useState(
    'Please say why this was done, and name the ticket if there is one.',
  );
  const [owner, setOwner] = useState('');
  const [days, setDays] = useState(String(DAYS));
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCommand<AskInput, { readonly toAddress: string }>(
    (body) => ({ method: 'POST', path: JUSTIFICATIONS_PATH, body }),
    {
      onDone: ({ toAddress }) => {
        say(`Sent to ${toAddress}`);
        onClose();
      },
    },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (question.trim().length < SHORTEST)
      return setProblem(`A question of at least ${SHORTEST} characters is needed.`);
    if (to === null && !/^\S+@\S+\.\S+$/.test(owner.trim()))
      return setProblem('Type in the address of whom to ask.');
    setProblem(null);
    return ask.mutate({
      ...about,
      question: question.trim(),
      days: Number(days),
      ...(to === null ? { owner: owner.trim() } : {}),
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Ask why"
      description={`A mail about ${what} with a link that is good for one answer. The answer is kept as a fact; it changes no link by itself.`}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {to === null ? (
          <Field
            label="Ask whom"
            required
            hint="No address of whoever made it is known: type in who answers for it."
          >
            {(control) => (
              <Input
                {...control}
                type="email"
                value={owner}
                maxLength={320}
                onChange={(event) => setOwner(event.currentTarget.value)}
              />
            )}
          </Field>
        ) : (
          <p>
            To <bdi className="font-medium">{to.name ?? to.address}</bdi>{' '}
            <span className="text-muted">{to.address}, as the directory had it at that time</span>
          </p>
        )}
        <Field label="Question" required>
          {(control) => (
            <Textarea
              {...control}
              value={question}
              maxLength={2_000}
              onChange={(event) => setQuestion(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Days to answer" required hint="1 to 30; one reminder goes out halfway">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={30}
              className="w-24"
              value={days}
              onChange={(event) => setDays(event.currentTarget.value)}
            />
          )}
        </Field>
        {problem === null ? null : (
          <p role="alert" className="text-sm text-unlinked">
            {problem}
          </p>
        )}
        {ask.isError ? <ErrorState doing="cannot ask" error={ask.error} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look="primary" busy={ask.isPending}>
            Send the question
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
