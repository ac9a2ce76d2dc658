'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { WindowForm } from './window-form';

/** What every group of fields of the form gets. */
export type FieldsProps = {
  readonly form: WindowForm;
  readonly problems: Partial<Record<keyof WindowForm, string>>;
  readonly onChange: (more: Partial<WindowForm>) => void;
};

/** What it is, what it is called, by whose clock, and who stands behind it. */
export function NameFields({ form, problems, onChange }: FieldsProps) {
  return (
    <>
      <Field label="What it is" required>
        {(control) => (
          <Select<WindowForm['kind']>
            {...control}
            value={form.kind}
            onChange={(kind) => onChange({ kind })}
            options={[
              { value: 'window', label: 'Change window: changes may be made' },
              { value: 'freeze', label: 'Freeze: only emergency changes are planned' },
            ]}
          />
        )}
      </Field>
      <Field label="Name" required error={problems.name}>
        {(control) => (
          <Input
            {...control}
            value={form.name}
            maxLength={200}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="Approved by" hint="Without a name it authorises nothing by itself">
          {(control) => (
            <Input
              {...control}
              value={form.approver}
              maxLength={200}
              onChange={(event) => onChange({ approver: event.target.value })}
            />
          )}
        </Field>
        <Field label="Ticket">
          {(control) => (
            <Input
              {...control}
              value={form.ticket}
              maxLength={200}
              onChange={(event) => onChange({ ticket: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
