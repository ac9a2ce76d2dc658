'use client';

import Link from 'next/link';
import { RiskBars } from '@/components/tally/risk-bars';
import { formatCount, sentenceCase } from '@/components/ui/data/format';
import { useScope } from '@/components/url/use-scope';
import type { SessionDetailDto, SessionPart } from '@/lib/sessions/contract';
import { childrenQuery } from '../children-query';
import { partWord } from '../words';

/** Every kind of act in the session with its count; each count opens exactly these. */
export function PartsTable({ session }: { readonly session: SessionDetailDto }) {
  const { href } = useScope();
  const doorOf = (part: SessionPart) =>
    href('/changes', {
      ...childrenQuery(session),
      service: part.service,
      entityType: part.entityType,
      action: part.action,
    });
  const most = Math.max(1, ...session.allParts.map((part) => part.count));
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Kinds of act in this session</caption>
      <thead>
        <tr className="border-b border-line-strong/60">
          <Head>Kind of act</Head>
          <Head className="max-sm:hidden">Service</Head>
          <Head className="text-right">Count</Head>
          <Head className="w-1/4 max-sm:hidden">
            <span className="sr-only">Share</span>
          </Head>
          <Head>Riskiest</Head>
        </tr>
      </thead>
      <tbody>
        {session.allParts.map((part) => (
          <tr key={`${part.service} ${part.entityType} ${part.action}`} className="border-b">
            <td className="py-1.5 pr-3">{sentenceCase(partWord(part))}</td>
            <td className="py-1.5 pr-3 text-muted max-sm:hidden">{part.service}</td>
            <td className="py-1.5 pr-3 text-right">
              <Link className="door" href={doorOf(part)}>
                {formatCount(part.count)}
              </Link>
            </td>
            <td aria-hidden className="py-1.5 pr-3 max-sm:hidden">
              <span className="block h-1.5 rounded-sm bg-sunken">
                <span
                  className="block h-full rounded-sm bg-accent"
                  style={{ width: `${(100 * part.count) / most}%` }}
                />
              </span>
            </td>
            <td className="py-1.5">
              <RiskBars risk={part.maxRisk} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ children, className }: { readonly children: React.ReactNode; readonly className?: string }) {
  return (
    <th scope="col" className={`py-1.5 pr-3 text-left text-xs font-medium text-muted ${className ?? ''}`}>
      {children}
    </th>
  );
}
