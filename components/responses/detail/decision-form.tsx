'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import { Textarea } from '@/components/ui/textarea';
import { useScope } from '@/components/url/use-scope';
import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';
import { responsePath } from '../paths';

type Decision = 'approve' | 'reject' | 'undo';
type DecisionFormProps = {
  readonly response: ResponseDetailDto;
  readonly decision: Decision;
  readonly onClose: () => void;
};

const FEWEST = 10;

const WORDS = {
  approve: { act: 'Approve and carry out', said: 'Approved; it is being carried out', look: 'danger' },
  reject: { act: 'Reject', said: 'Rejected; nothing was done', look: 'plain' },
  undo: { act: 'Ask to undo it', said: 'Asked for; see the response that undoes it', look: 'danger' },
} as const satisfies Record<Decision, { act: string; said: string; look: 'danger' | 'plain' }>;

/** A decision with its reason; what changes the platform also wants the target's name typed, so that it is read. */
export function DecisionForm({ response, decision, onClose }: DecisionFormProps) {
  const say = useNotice();
  const router = useRouter();
  const { href } = useScope();
  const [reason, setReason] = useState('');
  const [confirm, setConfirm] = useState('');
  const [tried, setTried] = useState(false);
  const name = response.target.name ?? response.target.id;
  const typesName = decision !== 'reject';
  const isShort = reason.trim().length < FEWEST;
  const isOther = typesName && confirm.trim() !== name;
  const decide = useCommand<Record<string, unknown>, { readonly id: string }>(
    (body) => ({ method: 'POST', path: `${responsePath(response.id)}/decisions`, body }),
    {
      onDone: (moved) => {
        say(WORDS[decision].said);
        onClose();
        // Undoing is a response of its own, with a decision of its own.
        if (moved.id !== response.id) router.push(href(`/responses/${encodeURIComponent(moved.id)}`));
      },
    },
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (isShort || isOther) return;
    decide.mutate({ decision, reason: reason.trim(), ...(typesName ? { confirm: confirm.trim() } : {}) });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label="Reason"
        required
        hint="Kept in the history under your name"
        error={tried && isShort ? `A reason of at least ${FEWEST} characters is needed.` : null}
      >
        {(control) => (
          <Textarea
            {...control}
            value={reason}
            maxLength={2000}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {typesName ? (
        <Field
          label={`Type the name: ${name}`}
          required
          hint="So that the right one is meant; capitals count"
          error={tried && isOther ? `This is not ${name}.` : null}
        >
          {(control) => (
            <Input
              {...control}
              value={confirm}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => setConfirm(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {decide.isError ? <ErrorState doing="cannot decide" error={decide.error} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Back</Button>
        <Button type="submit" look={WORDS[decision].look} busy={decide.isPending}>
          {WORDS[decision].act}
        </Button>
      </div>
    </form>
  );
}
