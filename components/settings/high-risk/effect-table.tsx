'use client';

import Link from 'next/link';
import { RiskBars } from '@/components/tally/risk-bars';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { RiskRulePreviewDto } from '@/lib/changes/contract/risk-rules';

/** What a rule would have done to past changes: how many of the last 30 and 90 days, and the newest of them. */
export function EffectTable({ preview }: { readonly preview: RiskRulePreviewDto }) {
  const { href } = useScope();
  const { effects, sample } = preview;
  return (
    <div className="mt-2">
      <table className="w-full max-w-180 border-collapse text-sm">
        <caption className="py-1 text-left text-xs text-muted">
          As tried at <Time at={preview.at} precision="minute" className="text-xs!" />
          {preview.incomplete ? '; there were more changes than are tried, the newest were' : ''}
        </caption>
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="py-1 text-left font-medium">
              Days
            </th>
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              It fits
            </th>
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              Become high
            </th>
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              Stop being high
            </th>
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              Other level
            </th>
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <tr key={effect.days} className="border-t">
              <th scope="row" className="py-1 text-left font-normal">
                {effect.days}
              </th>
              <td className="text-right">{formatCount(effect.matched)}</td>
              <td className="text-right font-medium">{formatCount(effect.becomeHigh)}</td>
              <td className="text-right font-medium">{formatCount(effect.stopHigh)}</td>
              <td className="text-right">{formatCount(effect.otherwise)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sample.length === 0 ? null : (
        <details className="mt-2">
          <summary className="text-sm font-medium">
            The newest {sample.length === 1 ? 'change' : countOf(sample.length, 'change')} with another level
          </summary>
          <ul className="divide-y border-y">
            {sample.map((one) => (
              <li key={one.id} className="flex flex-wrap items-baseline gap-x-3 py-1 text-sm">
                <Link
                  href={href(`/changes/${encodeURIComponent(one.id)}`)}
                  className="door min-w-0 flex-1 basis-60"
                  dir="auto"
                >
                  {one.sentence}
                </Link>
                <span className="inline-flex items-center gap-1.5">
                  <RiskBars risk={one.from} />
                  <span aria-hidden>→</span>
                  <span className="sr-only">becomes</span>
                  <RiskBars risk={one.to} />
                </span>
                <Time at={one.eventDate} precision="minute" className="text-muted" />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
