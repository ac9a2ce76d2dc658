'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import { Panel } from '@/components/ui/layout/panel';
import { useScope } from '@/components/url/use-scope';
import type { RateDto } from '@/lib/linking/contract';
import { listFilePath } from './paths';
import { COUNTED, NOT_LINKED } from './rate-figures';
import { doorQuery, type RateState } from './rate-state';

/** The formula with its version, worked through in the period's own numbers, and the two lists to work it through without us. */
export function Formula({ rate, state }: { readonly rate: RateDto; readonly state: RateState }) {
  const scope = useScope();
  const mayExport = useMay('changes.export');
  const { counts } = rate;
  const parts = [counts.unlinked, counts.late_approval, counts.outside_window, counts.mismatch];
  const door = (linkage: readonly string[]) => scope.href('/changes', doorQuery(state, { linkage }));
  return (
    <Panel
      title="How it is counted"
      aside={
        <>
          formula <span className="font-mono">{rate.formula}</span>
        </>
      }
    >
      <p>
        Accountable changes whose authorisation is anything but <em>linked</em>, divided by all accountable
        changes; by the time of the event, UTC, from {formatInstant(rate.from, 'UTC', 'minute')} up to, not
        including, {formatInstant(rate.to, 'UTC', 'minute')};{' '}
        {rate.asOf === null ? 'as it stands now' : `as it stood at ${formatInstant(rate.asOf)}`}. Each change
        counts once, however many belong to one session. Platform records, reads, failed attempts and what a
        rule excuses are in neither number.
      </p>
      <p className="mt-3 font-mono text-sm">
        ({parts.map(formatCount).join(' + ')}) / ({[...parts, counts.linked].map(formatCount).join(' + ')}) ={' '}
        {formatCount(rate.unlinked)} / {formatCount(rate.total)} = <strong>{exact(rate.rate)}</strong>
      </p>
      <p className="text-xs text-muted">
        unlinked + approved late + outside window + mismatch, then also + linked
      </p>
      <h3 className="mt-4 mb-1 text-sm font-semibold">Recompute it yourself</h3>
      <ol className="list-decimal pl-5 text-sm">
        <li>Take both lists below: each row says formula, period, filter and as of when it was counted.</li>
        <li>Count the rows of the numerator, then those of the denominator, without their headers.</li>
        <li>
          Divide the first by the second. In the denominator alone: the rows with <code>in_numerator</code> =
          t, by all. The same within one service, team, actor, division or day gives its row of the breakdown.
        </li>
      </ol>
      <div className="mt-3 flex flex-wrap gap-2">
        {mayExport ? (
          <>
            <FileLink href={listFilePath('numerator', state, scope)}>
              Numerator, {countOf(rate.unlinked, 'row')} (CSV)
            </FileLink>
            <FileLink href={listFilePath('denominator', state, scope)}>
              Denominator, {countOf(rate.total, 'row')} (CSV)
            </FileLink>
          </>
        ) : null}
        <Button asChild look="quiet">
          <Link href={door(NOT_LINKED)}>Open the numerator</Link>
        </Button>
        <Button asChild look="quiet">
          <Link href={door(COUNTED)}>Open the denominator</Link>
        </Button>
      </div>
    </Panel>
  );
}

function FileLink({ href, children }: { readonly href: string; readonly children: React.ReactNode }) {
  return (
    <Button asChild>
      <a href={href} download>
        <Download aria-hidden size={14} /> {children}
      </a>
    </Button>
  );
}

/** The quotient as a computer divides it, so that whoever recomputes it can compare every digit. */
function exact(rate: number | null): string {
  return rate === null ? 'no changes' : String(rate);
}
