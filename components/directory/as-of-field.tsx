'use client';

import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { readLocalInput, toLocalInput } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import { parseInstant, toIso } from '@/lib/kernel/instant';

/** The instant the page is about, kept in the address as `at`; without one it is this moment. */
export function AsOfField({ label = 'As it was at' }: { readonly label?: string }) {
  const { params, setParams } = useScope();
  const zone = useZone();
  const id = useId();
  const at = parseInstant(params.get('at'));
  const go = (next: Date | null) => {
    const changed = new URLSearchParams(params);
    changed.delete('at');
    changed.delete('cursor');
    if (next !== null) changed.set('at', toIso(next));
    setParams(changed);
  };
  return (
    <form
      key={at === null ? 'now' : toIso(at)}
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget).get('at');
        go(typeof text === 'string' ? readLocalInput(text, zone) : null);
      }}
    >
      <label htmlFor={id} className="text-sm font-medium">
        {label} ({zone})
      </label>
      <div className="w-56">
        <Input
          id={id}
          type="datetime-local"
          name="at"
          defaultValue={at === null ? '' : toLocalInput(at, zone)}
        />
      </div>
      <Button type="submit">Show</Button>
      {at === null ? null : (
        <Button look="quiet" onClick={() => go(null)}>
          Now
        </Button>
      )}
    </form>
  );
}
