'use client';

import Link from 'next/link';
import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { OutcomeShape } from '@/components/tally/outcome-mark';
import { classes } from '@/components/ui/classes';
import { scopeQuery } from '@/components/url/page-scope';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { CoverageDto } from '@/lib/changes/contract';
import { LEDGER_PART, type TrustPart, trustParts } from './trust-parts';

const LIVE_MS = 30_000;
const TONES = {
  plain: 'text-muted',
  warn: 'text-late font-medium',
  bad: 'text-unlinked font-medium',
} as const;

/** Whether this page can be trusted, on every page: complete to when, what is missing, whether the ledger is sealed. */
export function TrustLine() {
  const scope = useScope();
  const zone = useZone();
  const hydrated = useHydrated();
  const coverage = useApi<CoverageDto>(apiPath('/api/v1/coverage', scopeQuery(scope)), {
    live: LIVE_MS,
    keep: true,
    apart: 'trust',
  });
  const parts =
    coverage.data !== undefined && hydrated
      ? trustParts(coverage.data, new Date(), zone)
      : [coverage.isError ? UNKNOWN_PART : ASKING_PART, LEDGER_PART];
  return (
    <section
      aria-label="Trust line"
      className="flex min-h-7 items-center gap-x-4 overflow-x-auto border-t px-4 py-1 text-sm md:px-6"
    >
      {parts.map((part) => (
        <Link
          key={part.text}
          href={scope.href(part.to.path, part.to.query)}
          className={classes(
            'inline-flex items-center gap-1.5 whitespace-nowrap hover:text-accent',
            TONES[part.tone],
          )}
        >
          <OutcomeShape outcome={part.outcome} size={12} />
          {part.text}
        </Link>
      ))}
    </section>
  );
}

const ASKING_PART: TrustPart = {
  id: 'complete',
  text: 'Reading coverage',
  outcome: 'not_evaluated',
  tone: 'plain',
  to: { path: '/coverage', query: {} },
};

const UNKNOWN_PART: TrustPart = {
  id: 'complete',
  text: 'Coverage unknown: it could not be read',
  outcome: 'not_evaluated',
  tone: 'bad',
  to: { path: '/coverage', query: {} },
};
