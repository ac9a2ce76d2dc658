'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { type AttachDraft, KIND_WORDS, KINDS, kindOf } from './draft';

/** What authorised it: a ticket or commit that a system knows, or something that only people know. */
export function AttachFields({
  draft,
  onChange,
}: {
  readonly draft: AttachDraft;
  readonly onChange: (draft: AttachDraft) => void;
}) {
  const set = (more: Partial<AttachDraft>) => onChange({ ...draft, ...more });
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        <Field
          label="What authorised it"
          required
          hint={
            draft.kind === 'manual' ? 'Name or number of the paper or mail' : 'Key, number or commit hash'
          }
        >
          {(control) => (
            <Input
              {...control}
              value={draft.reference}
              maxLength={200}
              autoComplete="off"
              className="font-mono"
              onChange={(event) => {
                const reference = event.currentTarget.value;
                const kind = kindOf(reference);
                set(kind === null ? { reference } : { reference, kind });
              }}
            />
          )}
        </Field>
        <Field label="Kind" required>
          {({ required: _, ...control }) => (
            <Select
              {...control}
              value={draft.kind}
              options={KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
              onChange={(kind) => set({ kind })}
            />
          )}
        </Field>
      </div>
      {draft.kind === 'manual' ? (
        <>
          <Field label="What it is" required>
            {(control) => (
              <Input
                {...control}
                value={draft.title}
                maxLength={500}
                onChange={(event) => set({ title: event.currentTarget.value })}
              />
            )}
          </Field>
          <div className="grid gap-4 md:grid-cols-2">
            <Field label="Approved by" required>
              {(control) => (
                <Input
                  {...control}
                  value={draft.approver}
                  maxLength={200}
                  onChange={(event) => set({ approver: event.currentTarget.value })}
                />
              )}
            </Field>
            <Field label="Approved at (UTC)" required>
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  value={draft.approvedAt}
                  onChange={(event) => set({ approvedAt: event.currentTarget.value })}
                />
              )}
            </Field>
          </div>
          <Field label="Address" hint="Where it can be read">
            {(control) => (
              <Input
                {...control}
                type="url"
                value={draft.url}
                maxLength={2_000}
                onChange={(event) => set({ url: event.currentTarget.value })}
              />
            )}
          </Field>
        </>
      ) : null}
    </>
  );
}
