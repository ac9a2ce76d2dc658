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
import type { CreatedApiKeyDto } from '@/lib/auth/contract';
import { DAY_MS, toIso } from '@/lib/kernel/instant';
import type { Role } from '@/lib/kernel/words';
import { ROLE_HINTS, ROLE_OPTIONS } from '../people/roles';
import { ShownOnce } from '../shown-once';

type NewKey = { readonly name: string; readonly role: Role; readonly expiresAt: string | null };

const LIVES = [
  { value: '90', label: '90 days' },
  { value: '365', label: '365 days' },
  { value: 'never', label: 'Never; revoke it by hand' },
] as const;

/** Makes a key and shows it once. */
export function AddApiKey({ onClose }: { readonly onClose: () => void }) {
  const [role, setRole] = useState<Role>('auditor');
  const [life, setLife] = useState<(typeof LIVES)[number]['value']>('90');
  const add = useCommand<NewKey, CreatedApiKeyDto>((body) => ({
    method: 'POST',
    path: '/api/v1/api-keys',
    body,
  }));
  const fields = add.error instanceof ApiError ? add.error.fields : {};
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const expiresAt = life === 'never' ? null : toIso(new Date(Date.now() + Number(life) * DAY_MS));
    add.mutate({ name: String(form.get('name')), role, expiresAt });
  };
  if (add.data !== undefined) {
    return (
      <Dialog open onClose={onClose} title={`Created ${add.data.apiKey.name}`}>
        <ShownOnce label="key" value={add.data.key} />
        <div className="mt-5 flex justify-end">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title="Create an API key">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" required hint="What will use it; the journal shows this name" error={fields.name}>
          {(control) => <Input {...control} name="name" maxLength={200} autoComplete="off" />}
        </Field>
        <Field label="Role" required hint={ROLE_HINTS[role]} error={fields.role}>
          {(control) => <Select {...control} value={role} onChange={setRole} options={ROLE_OPTIONS} />}
        </Field>
        <Field label="Expires" required error={fields.expiresAt}>
          {(control) => <Select {...control} value={life} onChange={setLife} options={LIVES} />}
        </Field>
        {add.isError ? <ErrorState doing="cannot create the key" error={add.error} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={add.isPending}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
