'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import { Select } from '@/components/ui/select';
import type { ResponseDto } from '@/lib/alerts/contract/responses';
import { RESPONSE_KINDS } from '@/lib/findings/model/concern';
import { KIND_WORDS } from './words';

type Possible = { readonly findingId: string; readonly sentence: string; readonly kind: string };

/** A person asks for a response; it then waits for another person. */
export function AskResponse({ possible }: { readonly possible: readonly Possible[] }) {
  const may = useMay('responses.decide');
  const say = useNotice();
  const [open, setOpen] = useState(false);
  const options = possible.flatMap((one) => {
    const kind = RESPONSE_KINDS.find((known) => known === one.kind);
    return kind === undefined ? [] : [{ ...one, kind, id: `${one.findingId} ${kind}` }];
  });
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const ask = useCommand<{ findingId: string; kind: string; reason: string }, ResponseDto>(
    (body) => ({ method: 'POST', path: '/api/v1/responses', body }),
    {
      onDone: () => {
        say('Asked for; another person decides');
        setOpen(false);
      },
    },
  );
  const option = options.find((one) => one.id === chosen) ?? options[0];
  if (!may || option === undefined) return null;
  return (
    <>
      <Button size="small" className="mt-2" onClick={() => setOpen(true)}>
        Ask for a response
      </Button>
      {open ? (
        <ReasonDialog
          title="Ask for a response"
          description="Nothing is done yet: another person than you has to approve it, after every guard was looked at."
          act="Ask"
          fewest={10}
          busy={ask.isPending}
          error={ask.error}
          onAct={(reason) => ask.mutate({ findingId: option.findingId, kind: option.kind, reason })}
          onClose={() => {
            ask.reset();
            setOpen(false);
          }}
        >
          <Field label="What is to be done" required hint={option.sentence}>
            {(control) => (
              <Select
                {...control}
                value={option.id}
                onChange={setChosen}
                options={options.map((one) => ({ value: one.id, label: KIND_WORDS[one.kind] }))}
              />
            )}
          </Field>
        </ReasonDialog>
      ) : null}
    </>
  );
}
