'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { ChangeDecisionsDto, LinkDecisionInput } from '@/lib/linking/contract/manual';
import { decisionsPath } from './paths';

type StrikeClaimProps = {
  readonly changeId: string;
  readonly claim: { readonly kind: string; readonly reference: string };
};

/** Strikes one claim of a change; absent for whoever may not decide about it. */
export function StrikeClaim({ changeId, claim }: StrikeClaimProps) {
  const say = useNotice();
  const [open, setOpen] = useState(false);
  const decisions = useApi<ChangeDecisionsDto>(decisionsPath(changeId));
  const strike = useCommand<LinkDecisionInput, unknown>(
    (body) => ({ method: 'POST', path: decisionsPath(changeId), body }),
    {
      onDone: () => {
        say('Struck, and the change was judged again');
        setOpen(false);
      },
    },
  );
  if (decisions.data?.mayDecide.allowed !== true) return null;
  const { kind, reference } = claim;
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setOpen(true)} aria-label={`Strike ${reference}`}>
        Strike
      </Button>
      {open ? (
        <ReasonDialog
          title={`Strike ${reference}`}
          description="It no longer counts for this change. It stays to be seen, struck through, with who struck it and why; the decision can be taken back."
          act="Strike it"
          look="danger"
          fewest={3}
          busy={strike.isPending}
          error={strike.error}
          onAct={(reason) => strike.mutate({ what: 'strike', kind, reference, reason })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
