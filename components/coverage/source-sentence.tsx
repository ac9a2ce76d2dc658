'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { countOf } from '@/components/ui/data/format';
import { scopeQuery } from '@/components/url/page-scope';
import { useScope } from '@/components/url/use-scope';
import type { CoverageDto } from '@/lib/changes/contract';

/** Whether the source was complete over the page's period: what turns an empty answer into a proven zero, or does not. */
export function SourceSentence() {
  const coverage = useApi<CoverageDto>(apiPath('/api/v1/coverage', scopeQuery(useScope())));
  return <>{sourceSentence(coverage.data)}</>;
}

function sourceSentence(coverage: CoverageDto | undefined): string {
  if (coverage === undefined) return 'Whether the source was complete is not known yet.';
  if (coverage.readTo === null) {
    return 'Nothing has been collected yet: connect an organisation in Settings, or wait for the first collection to finish.';
  }
  const { gap, not_evaluated, pending } = coverage.totals;
  if (gap + not_evaluated > 0) {
    return `The source was not complete: ${countOf(gap + not_evaluated, 'hour')} of it could not be read, so this is no proven zero.`;
  }
  return pending > 0
    ? `What was asked for was answered; ${countOf(pending, 'hour')} are still to come.`
    : 'The source was complete for the whole period.';
}
