'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { ErrorState } from '@/components/ui/state/error-state';
import { Textarea } from '@/components/ui/textarea';
import { Dialog } from './dialog';

type ReasonDialogProps = {
  readonly title: string;
  /** What will happen and what will not. */
  readonly description: ReactNode;
  readonly act: string;
  readonly look?: 'primary' | 'danger';
  /** The fewest characters a reason may have; the server asks for the same. */
  readonly fewest: number;
  readonly hint?: string;
  readonly busy: boolean;
  readonly error: Error | null;
  /** Fields above the reason. */
  readonly children?: ReactNode;
  readonly onAct: (reason: string) => void;
  readonly onClose: () => void;
};

/** Asks for the reason of an act that is kept with it. */
export function ReasonDialog({
  title,
  description,
  act,
  look = 'primary',
  fewest,
  hint,
  busy,
  error,
  children,
  onAct,
  onClose,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (reason.trim().length < fewest) setShort(true);
    else onAct(reason.trim());
  };
  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {children}
        <Field
          label="Reason"
          required
          hint={hint ?? 'Kept in the history under your name'}
          error={short ? `A reason of at least ${fewest} characters is needed.` : null}
        >
          {(control) => (
            <Textarea
              {...control}
              value={reason}
              maxLength={2000}
              onChange={(event) => {
                setReason(event.target.value);
                setShort(false);
              }}
            />
          )}
        </Field>
        {error === null ? null : <ErrorState doing="cannot do it" error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look={look} busy={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
