'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Definition } from '@/components/ui/data/definition';
import { Time } from '@/components/ui/data/time';
import { Confirm } from '@/components/ui/overlay/confirm';
import { useNotice } from '@/components/ui/overlay/notices';
import type { SourceDto } from '@/lib/auth/contract';
import { SOURCE_FIELDS, type SourceField, shownValue } from './source-fields';

type SourceRowProps = {
  readonly source: SourceDto;
  readonly mayChange: boolean;
  readonly onChange: () => void;
};

/** One source with what is set; what the environment sets says so and cannot be changed here. */
export function SourceRow({ source, mayChange, onChange }: SourceRowProps) {
  const say = useNotice();
  const nameOf = useOrganizationName();
  const [asking, setAsking] = useState(false);
  const path = `/api/v1/settings/sources/${encodeURIComponent(source.id)}`;
  const pause = useCommand<'active' | 'paused', SourceDto>((state) => ({
    method: 'PATCH',
    path,
    body: { state },
  }));
  const remove = useCommand<void, null>(() => ({ method: 'DELETE', path }), {
    onDone: () => {
      setAsking(false);
      say(`Disconnected ${source.name}`);
    },
  });
  const fromEnvironment = source.origin === 'environment';
  const editable = mayChange && !fromEnvironment;
  return (
    <li className="py-3">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{fromEnvironment ? source.says : source.name}</span>
        {fromEnvironment ? null : <span className="text-muted">{source.says}</span>}
        {source.orgId === null ? null : <span className="text-muted">{nameOf(source.orgId)}</span>}
        {fromEnvironment ? <Badge>Set by the environment, read-only</Badge> : null}
        {source.state === 'paused' ? <Badge tone="warn">Paused</Badge> : null}
        {source.complete ? null : <Badge tone="warn">Something is missing</Badge>}
        {editable ? (
          <span className="ml-auto flex gap-1">
            <Button size="small" onClick={onChange}>
              Change
            </Button>
            <Button
              size="small"
              busy={pause.isPending}
              onClick={() => pause.mutate(source.state === 'paused' ? 'active' : 'paused')}
            >
              {source.state === 'paused' ? 'Resume' : 'Pause'}
            </Button>
            <Button size="small" look="danger" onClick={() => setAsking(true)}>
              Disconnect
            </Button>
          </span>
        ) : null}
      </div>
      <Definition rows={sourceRows(source)} />
      <Confirm
        open={asking}
        title={`Disconnect ${source.name}`}
        act="Disconnect"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        Nothing more is read from it and its secrets are removed. What was collected stays, and so does the
        journal.
      </Confirm>
    </li>
  );
}

function sourceRows(source: SourceDto) {
  const fields: readonly SourceField[] = SOURCE_FIELDS[source.kind];
  const labelOf = (name: string) => fields.find((field) => field.name === name)?.label ?? name;
  return [
    ...Object.entries(source.config).map(([name, value]) => ({
      term: labelOf(name),
      value: <span className="font-mono text-sm whitespace-pre-line">{shownValue(value)}</span>,
    })),
    ...source.secrets.map((secret) => ({
      term: labelOf(secret.field),
      value: secret.set ? (
        <span>
          set{secret.setAt === null ? '' : ' '}
          {secret.setAt === null ? null : <Time at={secret.setAt} />}
          <span className="text-muted">, never shown</span>
        </span>
      ) : (
        <span className="text-late">not set</span>
      ),
    })),
  ];
}
