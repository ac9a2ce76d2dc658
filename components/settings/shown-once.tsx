'use client';

import { Copy } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { useNotice } from '@/components/ui/overlay/notices';

/** A secret that is shown this once and stored nowhere in clear. */
export function ShownOnce({ label, value }: { readonly label: string; readonly value: string }) {
  const say = useNotice();
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => say(`Copied the ${label}`),
      () => say('The browser did not allow copying; select the text instead'),
    );
  return (
    <div>
      <p className="mb-2">Copy the {label} now: it is not stored and cannot be shown again.</p>
      <div className="flex gap-2">
        <Input
          readOnly
          aria-label={label}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="font-mono"
        />
        <Button onClick={() => void copy()}>
          <Copy aria-hidden size={14} /> Copy
        </Button>
      </div>
    </div>
  );
}
