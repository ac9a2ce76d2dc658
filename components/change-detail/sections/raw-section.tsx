'use client';

import { useQuery } from '@tanstack/react-query';
import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { fetchText } from '@/components/api/fetch-json';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/data/code-block';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { Section } from '../section';
import { prettyJson } from './pretty-json';

/** The record as it came, byte for byte. Asked for only when opened: each look is written to the journal. */
export function RawSection({ id }: { readonly id: string }) {
  const may = useMay('changes.raw');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <Section title="Raw record">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="min-h-6 text-sm text-muted hover:text-ink">
          Show the record as it came (this look is written to the journal)
        </summary>
        {open ? <RawRecord id={id} /> : null}
      </details>
    </Section>
  );
}

function RawRecord({ id }: { readonly id: string }) {
  const path = `/api/v1/changes/${encodeURIComponent(id)}/raw`;
  const say = useNotice();
  const [pretty, setPretty] = useState(true);
  const raw = useQuery({
    queryKey: ['raw', path],
    queryFn: ({ signal }) => fetchText(path, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (raw.isError)
    return (
      <ErrorState doing="cannot show the raw record" error={raw.error} onRetry={() => void raw.refetch()} />
    );
  if (raw.data === undefined) return <SkeletonRows rows={4} label="Reading the raw record" />;
  const bytes = raw.data;
  const laidOut = prettyJson(bytes);
  const copy = () =>
    navigator.clipboard.writeText(bytes).then(
      () => say('Copied the record as it came'),
      () => say('The browser did not allow copying'),
    );
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/json' }));
    link.download = `${id}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="mt-2">
      <div className="mb-2 flex flex-wrap gap-2">
        <Button size="small" onClick={() => void copy()}>
          <Copy aria-hidden size={13} /> Copy
        </Button>
        <Button size="small" onClick={download}>
          <Download aria-hidden size={13} /> Download
        </Button>
        {laidOut === null ? null : (
          <Button size="small" look="quiet" aria-pressed={pretty} onClick={() => setPretty(!pretty)}>
            {pretty ? 'As it came' : 'Laid out for reading'}
          </Button>
        )}
      </div>
      <CodeBlock label="Raw record" text={pretty && laidOut !== null ? laidOut : bytes} />
      {laidOut === null ? (
        <p className="mt-1 text-xs text-muted">This is no JSON; it is shown as it came.</p>
      ) : null}
    </div>
  );
}
