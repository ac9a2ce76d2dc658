'use client';

import { useId } from 'react';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { UTC } from '@/components/ui/data/format-time';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

type ZoneFieldProps = {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly error: string | undefined;
};

/** A time zone by its name, with the reader's own and all that the browser knows to choose from. */
export function ZoneField({ value, onChange, error }: ZoneFieldProps) {
  const list = useId();
  const hydrated = useHydrated();
  const zones = hydrated ? Intl.supportedValuesOf('timeZone') : [];
  const own = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : UTC;
  return (
    <Field label="Time zone" required error={error} hint={`Yours is ${own}; clock changes are followed`}>
      {(control) => (
        <>
          <Input {...control} list={list} value={value} onChange={(event) => onChange(event.target.value)} />
          <datalist id={list}>
            {[UTC, ...zones].map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
