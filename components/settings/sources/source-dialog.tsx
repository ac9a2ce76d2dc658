'use client';

import { type FormEvent, useState } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Dialog } from '@/components/ui/overlay/dialog';
import { useNotice } from '@/components/ui/overlay/notices';
import { Select } from '@/components/ui/select';
import { ErrorState } from '@/components/ui/state/error-state';
import { Textarea } from '@/components/ui/textarea';
import type { SourceDto } from '@/lib/auth/contract';
import {
  fieldError,
  SOURCE_FIELDS,
  SOURCE_KIND_WORDS,
  type SourceField,
  type SourceKind,
  shownValue,
  sourceBody,
} from './source-fields';

type SourceDialogProps = {
  /** The source to change; undefined connects a new one. */
  readonly source: SourceDto | undefined;
  readonly onClose: () => void;
};

const KINDS: readonly SourceKind[] = ['genesys', 'jira', 'servicenow', 'git', 'github', 'gitlab', 'hris'];

export function SourceDialog({ source, onClose }: SourceDialogProps) {
  const say = useNotice();
  const [kind, setKind] = useState<SourceKind>(source?.kind ?? 'genesys');
  const save = useCommand<ReturnType<typeof sourceBody>, SourceDto>(
    (body) =>
      source === undefined
        ? { method: 'POST', path: '/api/v1/settings/sources', body: { kind, ...body } }
        : { method: 'PATCH', path: `/api/v1/settings/sources/${encodeURIComponent(source.id)}`, body },
    {
      onDone: (_, body) => {
        say(source === undefined ? `Connected ${body.name}` : `Changed ${body.name}`);
        onClose();
      },
    },
  );
  const fields = save.error instanceof ApiError ? save.error.fields : {};
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = Object.fromEntries([...form.entries()].map(([name, value]) => [name, String(value)]));
    save.mutate(sourceBody(kind, values));
  };
  const asked: readonly SourceField[] = SOURCE_FIELDS[kind];
  return (
    <Dialog
      open
      onClose={onClose}
      title={source === undefined ? 'Connect a source' : `Change ${source.name}`}
      description="Secrets are encrypted when they are stored and are never shown again."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {source === undefined ? (
          <Field label="Kind" required>
            {(control) => (
              <Select
                {...control}
                value={kind}
                onChange={setKind}
                options={KINDS.map((one) => ({ value: one, label: SOURCE_KIND_WORDS[one] }))}
              />
            )}
          </Field>
        ) : null}
        <Field label="Name" required error={fieldError(fields, 'name')}>
          {(control) => <Input {...control} name="name" defaultValue={source?.name ?? ''} maxLength={200} />}
        </Field>
        {asked.map((field) => (
          <SourceInput
            key={`${kind} ${field.name}`}
            field={field}
            source={source}
            error={fieldError(fields, field.name)}
          />
        ))}
        {save.isError ? <ErrorState doing="cannot save the source" error={save.error} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {source === undefined ? 'Connect' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type SourceInputProps = {
  readonly field: SourceField;
  readonly source: SourceDto | undefined;
  readonly error: string | null;
};

function SourceInput({ field, source, error }: SourceInputProps) {
  const set = source?.secrets.find((secret) => secret.field === field.name)?.set ?? false;
  const hint = field.as === 'secret' && set ? 'Set; leave empty to keep it' : field.hint;
  const required = field.required && !(field.as === 'secret' && set);
  return (
    <Field label={field.label} required={required} hint={hint} error={error}>
      {(control) =>
        field.as === 'list' ? (
          <Textarea
            {...control}
            name={field.name}
            defaultValue={shownValue(source?.config[field.name])}
            className="font-mono"
          />
        ) : (
          <Input
            {...control}
            name={field.name}
            type={field.as === 'secret' ? 'password' : 'text'}
            autoComplete={field.as === 'secret' ? 'new-password' : 'off'}
            defaultValue={field.as === 'secret' ? '' : shownValue(source?.config[field.name])}
          />
        )
      }
    </Field>
  );
}
