'use client';

import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Input } from '@/components/ui/input';

type WordPickerProps = {
  readonly legend: string;
  /** What the data holds; others may be typed, since what is feared need not have happened yet. */
  readonly known: readonly string[];
  readonly chosen: readonly string[];
  readonly error?: string | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
};

/** Words chosen one by one from what is known, or typed; each is taken out alone. */
export function WordPicker({ legend, known, chosen, error, onChange }: WordPickerProps) {
  const id = useId();
  const [text, setText] = useState('');
  const word = text.trim();
  const add = () => {
    if (word !== '' && !chosen.includes(word)) onChange([...chosen, word]);
    setText('');
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">
        {legend} <span className="font-normal text-muted">(none means any)</span>
      </legend>
      {chosen.length === 0 ? null : (
        <div className="flex flex-wrap gap-1.5">
          {chosen.map((one) => (
            <Chip
              key={one}
              removeLabel={`Remove ${one} from ${legend}`}
              onRemove={() => onChange(chosen.filter((other) => other !== one))}
            >
              <span className="max-w-60 truncate">{one}</span>
            </Chip>
          ))}
        </div>
      )}
      <div className="flex gap-2">
        <Input
          aria-label={`Add to ${legend}`}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          list={`${id}-known`}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter adds the word; it does not send the form.
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <datalist id={`${id}-known`}>
          {known
            .filter((one) => !chosen.includes(one))
            .map((one) => (
              <option key={one} value={one} />
            ))}
        </datalist>
        <Button onClick={add} disabled={word === ''} aria-label={`Add ${word} to ${legend}`}>
          <Plus aria-hidden size={14} /> Add
        </Button>
      </div>
      {error === undefined ? null : (
        <p id={`${id}-error`} role="alert" className="text-sm text-unlinked">
          {error}
        </p>
      )}
    </fieldset>
  );
}
