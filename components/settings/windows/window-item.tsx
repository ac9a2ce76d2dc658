'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { WindowDto } from '@/lib/directory/contract/windows';
import { WindowActs } from './window-acts';

export const SOURCE_WORDS = {
  typed: 'Typed in',
  policy: 'From the policy',
  servicenow: 'From ServiceNow',
} as const;

/** One window in a line of what, a line of when and a line of who. */
export function WindowItem({ window, org }: { readonly window: WindowDto; readonly org: string | null }) {
  const { href } = useScope();
  const next = window.next[0];
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link href={href(`/settings/change-windows/${window.id}`)} className="door font-medium" dir="auto">
          {window.name}
        </Link>
        <Badge tone={window.kind === 'freeze' ? 'warn' : 'plain'}>
          {window.kind === 'freeze' ? 'Freeze' : 'Window'}
        </Badge>
        {window.openNow ? <Badge tone="accent">Open now</Badge> : null}
        {window.withdrawn ? <Badge>Withdrawn</Badge> : null}
        <span className="text-sm text-muted">
          {SOURCE_WORDS[window.source]}
          {org === null ? '' : ` · ${org}`}
        </span>
        <span className="ml-auto">
          <WindowActs window={window} />
        </span>
      </div>
      <p className="mt-0.5">{window.when}</p>
      <p className="mt-0.5 text-sm text-muted">
        {scopeWords(window.scope)} ·{' '}
        {window.approver === null ? 'no approver named' : `approved by ${window.approver}`}
        {window.ticket === null ? '' : ` · ${window.ticket}`}
        {next === undefined || window.openNow ? null : (
          <>
            {' '}
            · opens next <Time at={next.from} precision="minute" />
          </>
        )}
        {next === undefined && !window.withdrawn ? ' · does not open again' : ''}
      </p>
    </li>
  );
}

/** What a window is about, in words. */
export function scopeWords(scope: WindowDto['scope']): string {
  const parts = [
    scope.divisions.length > 0 ? countOf(scope.divisions.length, 'division') : null,
    scope.services.length > 0 ? scope.services.join(', ') : null,
    scope.entityTypes.length > 0 ? scope.entityTypes.join(', ') : null,
    scope.objects.length > 0 ? `${countOf(scope.objects.length, 'object')} by name` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'the whole organisation' : parts.join('; ');
}
