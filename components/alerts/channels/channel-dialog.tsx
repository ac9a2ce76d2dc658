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
import type { ChannelDto } from '@/lib/alerts/contract/deliveries';
import { CHANNELS_PATH } from '../paths';
import { CHANNEL_KIND_WORDS } from '../words';
import {
  ADDED_KINDS,
  type AddedKind,
  CHANNEL_FIELDS,
  type ChannelField,
  channelBody,
  channelFieldError,
  isKept,
  shownField,
} from './channel-fields';

type ChannelDialogProps = {
  /** The channel to change; undefined adds one. */
  readonly channel: ChannelDto | undefined;
  readonly onClose: () => void;
};

export function ChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const say = useNotice();
  const [kind, setKind] = useState<AddedKind>(ADDED_KINDS.find((one) => one === channel?.kind) ?? 'slack');
  const save = useCommand<ReturnType<typeof channelBody>, ChannelDto>(
    (body) =>
      channel === undefined
        ? { method: 'POST', path: CHANNELS_PATH, body: { kind, ...body } }
        : { method: 'PATCH', path: `${CHANNELS_PATH}/${encodeURIComponent(channel.id)}`, body },
    {
      onDone: (_, body) => {
        say(
          channel === undefined ? `Added ${body.name}; send a test to see it arrive` : `Changed ${body.name}`,
        );
        onClose();
      },
    },
  );
  const fields = save.error instanceof ApiError ? save.error.fields : {};
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate(
      channelBody(
        kind,
        Object.fromEntries([...form.entries()].map(([name, value]) => [name, String(value)])),
      ),
    );
  };
  const asked: readonly ChannelField[] = CHANNEL_FIELDS[kind];
  return (
    <Dialog
      open
      onClose={onClose}
      title={channel === undefined ? 'Add a channel' : `Change ${channel.name}`}
      description="Secrets are encrypted when they are stored and are never shown again."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {channel === undefined ? (
          <Field label="Kind" required>
            {(control) => (
              <Select
                {...control}
                value={kind}
                onChange={setKind}
                options={ADDED_KINDS.map((one) => ({ value: one, label: CHANNEL_KIND_WORDS[one] }))}
              />
            )}
          </Field>
        ) : null}
        <Field label="Name" required error={channelFieldError(fields, 'name')}>
          {(control) => <Input {...control} name="name" defaultValue={channel?.name ?? ''} maxLength={100} />}
        </Field>
        {asked.map((field) => (
          <ChannelInput
            key={`${kind} ${field.name}`}
            field={field}
            channel={channel}
            error={channelFieldError(fields, field.name)}
          />
        ))}
        {save.isError ? <ErrorState doing="cannot save the channel" error={save.error} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {channel === undefined ? 'Add' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type ChannelInputProps = {
  readonly field: ChannelField;
  readonly channel: ChannelDto | undefined;
  readonly error: string | null;
};

function ChannelInput({ field, channel, error }: ChannelInputProps) {
  const keeps = channel !== undefined && isKept(field);
  return (
    <Field
      label={field.label}
      required={field.required && !keeps}
      hint={keeps ? 'Leave empty to keep what is set' : field.hint}
      error={error}
    >
      {(control) =>
        field.as === 'list' ? (
          <Textarea
            {...control}
            name={field.name}
            defaultValue={shownField(channel, field)}
            className="font-mono"
          />
        ) : (
          <Input
            {...control}
            name={field.name}
            type={field.as === 'secret' ? 'password' : 'text'}
            autoComplete={field.as === 'secret' ? 'new-password' : 'off'}
            defaultValue={shownField(channel, field)}
          />
        )
      }
    </Field>
  );
}
