'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useMe } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { ExcuseRuleDto } from '@/lib/linking/contract/excuses';
import { ExcuseItem } from './excuse-item';
import { EXCUSES_PATH } from './paths';
import { ProposeDialog } from './propose-dialog';

/** Rules by which changes need no authorisation: who proposed and approved them, until when, and what they excuse. */
export function ExcusesPage() {
  const me = useMe().data;
  const answer = useApi<{ readonly items: readonly ExcuseRuleDto[] }>(EXCUSES_PATH, { live: true });
  const [proposing, setProposing] = useState<ExcuseRuleDto | 'new' | null>(null);
  const may = me?.permissions.includes('excuses.manage') === true;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-3">
        <p className="max-w-160 flex-1 basis-80 text-muted">
          What a rule describes needs no authorisation while it holds: it leaves the unlinked change rate and
          is counted apart. A rule is proposed by one person, approved by another, and ends by itself.
        </p>
        {may ? (
          <Button look="primary" onClick={() => setProposing('new')}>
            Propose a rule
          </Button>
        ) : null}
      </div>
      {answer.isError ? (
        <ErrorState
          doing="cannot show the rules"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the rules" />
      ) : answer.data.items.length === 0 ? (
        <EmptyState title="Every accountable change needs an authorisation">
          No rule excuses anything. Propose one for what is done all day by design, such as names of wrap-up
          codes.
        </EmptyState>
      ) : (
        <ul className="divide-y border-y">
          {answer.data.items.map((rule) => (
            <ExcuseItem key={rule.id} rule={rule} may={may} onReplace={() => setProposing(rule)} />
          ))}
        </ul>
      )}
      {proposing === null ? null : (
        <ProposeDialog
          {...(proposing === 'new' ? {} : { replaces: proposing })}
          onClose={() => setProposing(null)}
        />
      )}
    </>
  );
}
