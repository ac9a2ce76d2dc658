'use client';

import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { keyOf } from '@/components/frame/shortcuts';
import { Input } from '@/components/ui/input';

type SearchBoxProps = {
  readonly value: string;
  /** Read out as its name. */
  readonly label: string;
  readonly placeholder: string;
  readonly onSearch: (q: string) => void;
};

/** Searches on Enter; `/` brings the cursor here from anywhere on the page. */
export function SearchBox({ value, label, placeholder, onSearch }: SearchBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (keyOf(event) !== '/') return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <search className="relative w-full sm:w-72">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(box.current?.value.trim() ?? '');
        }}
      >
        <Search aria-hidden size={14} className="absolute top-2.25 left-2.5 text-muted" />
        <Input
          ref={box}
          type="search"
          name="q"
          defaultValue={value}
          maxLength={200}
          aria-label={label}
          placeholder={placeholder}
          className="pl-8"
        />
      </form>
    </search>
  );
}
