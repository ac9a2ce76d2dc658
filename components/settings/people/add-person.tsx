'use client';

import { type FormEvent, useState } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Dialog } from '@/components/ui/overlay/dialog';
import { Select } from '@/components/ui/select';
import { ErrorState } from '@/components/ui/state/error-state';
import type { CreatedUserDto } from '@/lib/auth/contract';
import type { Role } from '@/lib/kernel/words';
import { ShownOnce } from '../shown-once';
import { ROLE_HINTS, ROLE_OPTIONS } from './roles';

type NewPerson = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly signIn: 'invite' | 'password';
};

/** A new account: by single sign-on, or with a password that is made here and shown once. */
export function AddPerson({ onClose }: { readonly onClose: () => void }) {
  const [role, setRole] = useState<Role>('auditor');
  const [signIn, setSignIn] = useState<'invite' | 'password'>('password');
  const add = useCommand<NewPerson, CreatedUserDto>((body) => ({
    method: 'POST',
    path: '/api/v1/users',
    body,
  }));
  const fields = add.error instanceof ApiError ? add.error.fields : {};
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({ email: String(form.get('email')), name: String(form.get('name')), role, signIn });
  };
  if (add.data !== undefined) {
    return (
      <Dialog open onClose={onClose} title={`Added ${add.data.user.name}`}>
        {add.data.password === null ? (
          <p>They sign in through your identity provider with this e-mail address.</p>
        ) : (
          <ShownOnce label="password" value={add.data.password} />
        )}
        <div className="mt-5 flex justify-end">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title="Add a person">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" required error={fields.name}>
          {(control) => <Input {...control} name="name" maxLength={200} autoComplete="off" />}
        </Field>
        <Field label="E-mail" required error={fields.email}>
          {(control) => <Input {...control} name="email" type="email" maxLength={320} autoComplete="off" />}
        </Field>
        <Field label="Role" required hint={ROLE_HINTS[role]} error={fields.role}>
          {(control) => <Select {...control} value={role} onChange={setRole} options={ROLE_OPTIONS} />}
        </Field>
        <Field label="Signs in" required>
          {(control) => (
            <Select
              {...control}
              value={signIn}
              onChange={setSignIn}
              options={[
                { value: 'password', label: 'With a password made here, shown once' },
                { value: 'invite', label: 'Through the identity provider' },
              ]}
            />
          )}
        </Field>
        {add.isError ? <ErrorState doing="cannot add the person" error={add.error} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={add.isPending}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
