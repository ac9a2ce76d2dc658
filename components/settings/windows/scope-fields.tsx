'use client';

import { useApi } from '@/components/api/use-api';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PickList } from '@/components/ui/pick-list';
import { Textarea } from '@/components/ui/textarea';
import type { DivisionTagsDto } from '@/lib/divisions/contract';
import { TAGS_PATH } from '../settings-paths';
import type { FieldsProps } from './name-fields';

/** What it is about; everything that is given must fit. */
export function ScopeFields({ form, onChange, orgId }: FieldsProps & { readonly orgId: string }) {
  const divisions = useApi<DivisionTagsDto>(TAGS_PATH).data?.items.filter((one) => one.orgId === orgId) ?? [];
  const given =
    form.divisions.length > 0 ||
    [form.services, form.entityTypes, form.objects].some((text) => text.trim() !== '');
  return (
    <details open={given}>
      <summary className="min-h-6 text-sm font-medium">
        What it is about{' '}
        <span className="font-normal text-muted">(nothing given: the whole organisation)</span>
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        <PickList
          legend="Divisions"
          none="all"
          options={divisions.map((one) => ({ value: one.id, label: one.name }))}
          chosen={form.divisions}
          onChange={(chosen) => onChange({ divisions: chosen })}
        />
        <div className="grid gap-4 md:grid-cols-2">
          <Field label="Services" hint="Separated by commas, such as Architect, Telephony">
            {(control) => (
              <Input
                {...control}
                value={form.services}
                onChange={(event) => onChange({ services: event.target.value })}
              />
            )}
          </Field>
          <Field label="Kinds of things" hint="Separated by commas, such as Trunk, Flow">
            {(control) => (
              <Input
                {...control}
                value={form.entityTypes}
                onChange={(event) => onChange({ entityTypes: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Field
          label="Ids of objects"
          hint="One a line. An approved window that names an object is a reason for its changes while it is open"
        >
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              value={form.objects}
              onChange={(event) => onChange({ objects: event.target.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}
