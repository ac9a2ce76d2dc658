'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '@/components/api/fetch-json';
import { useDebounced } from '@/components/hooks/use-debounced';
import { formatInstant } from '@/components/ui/data/format-time';
import { ErrorState } from '@/components/ui/state/error-state';
import type { WindowPreviewDto, WindowPreviewInput } from '@/lib/directory/contract/windows';

const TYPING_MS = 400;

/** When what is being typed in would be open next, on its own clock and in UTC; null while the form cannot say it. */
export function WindowPreview({ asked }: { readonly asked: WindowPreviewInput | null }) {
  const text = useDebounced(asked === null ? '' : JSON.stringify(asked), TYPING_MS);
  const preview = useQuery<WindowPreviewDto>({
    queryKey: ['window-preview', text],
    queryFn: ({ signal }) =>
      fetchJson<WindowPreviewDto>('/api/v1/change-windows/preview', {
        method: 'POST',
        body: JSON.parse(text),
        signal,
      }),
    enabled: text !== '',
    retry: false,
  });
  return (
    <section aria-label="Preview" aria-live="polite" className="rounded-md border bg-sunken p-3">
      <h3 className="text-sm font-medium">Open next</h3>
      {text === '' ? <p className="text-sm text-muted">Shown as soon as the fields above say when.</p> : null}
      {preview.isError ? <ErrorState doing="cannot say when it opens" error={preview.error} /> : null}
      {preview.data === undefined ? null : <Next preview={preview.data} zone={asked?.zone ?? ''} />}
    </section>
  );
}

function Next({ preview, zone }: { readonly preview: WindowPreviewDto; readonly zone: string }) {
  return (
    <>
      <p className="mt-1">{preview.when}</p>
      {preview.next.length === 0 ? (
        <p className="mt-1 text-late">It does not open again: it lies in the past.</p>
      ) : null}
      <div className="mt-2 overflow-x-auto">
        <table className="w-full text-sm">
          <thead>
            <tr className="text-left text-muted">
              <th scope="col" className="pr-4 font-normal">
                {zone}
              </th>
              <th scope="col" className="font-normal">
                UTC
              </th>
            </tr>
          </thead>
          <tbody className="font-mono">
            {preview.next.map((one) => (
              <tr key={one.from}>
                <td className="pr-4 whitespace-nowrap">
                  {one.localFrom.replace('T', ' ')} to {endText(one.localFrom, one.localTo)}
                </td>
                <td className="whitespace-nowrap">
                  {formatInstant(one.from, 'UTC', 'minute')} to{' '}
                  {formatInstant(one.to, 'UTC', 'minute').slice(11)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {preview.skipped.length === 0 ? null : (
        <p className="mt-2 text-sm text-late">
          Does not take place on {preview.skipped.map((local) => local.replace('T', ' ')).join(', ')}: the
          clocks skip that time.
        </p>
      )}
    </>
  );
}

function endText(from: string, to: string): string {
  return from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to.replace('T', ' ');
}
