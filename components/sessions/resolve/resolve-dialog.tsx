'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { AttachFields } from '@/components/change-detail/manual/attach-fields';
import { type AttachDraft, attachedOf, EMPTY_DRAFT } from '@/components/change-detail/manual/draft';
import { Checkbox } from '@/components/ui/checkbox';
import { countOf } from '@/components/ui/data/format';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { ResolutionsDto, ResolveInput } from '@/lib/linking/contract/resolutions';
import { resolutionsPath } from './paths';

type ResolveDialogProps = {
  readonly sessionId: string;
  readonly seen: ResolutionsDto;
  readonly onClose: () => void;
};

/** One authorisation for every unlinked change of a session; critical ones are named and left out unless they are meant. */
export function ResolveDialog({ sessionId, seen, onClose }: ResolveDialogProps) {
  const say = useNotice();
  const [draft, setDraft] = useState<AttachDraft>(EMPTY_DRAFT);
  const [withCritical, setWithCritical] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const resolve = useCommand<ResolveInput, unknown>(
    (body) => ({ method: 'POST', path: resolutionsPath(sessionId), body }),
    {
      onDone: () => {
        say('Begun: each change is judged with what you named');
        onClose();
      },
    },
  );
  return (
    <ReasonDialog
      title="Resolve the session"
      description={`One authorisation for ${countOf(seen.unlinked, 'change')} that ${seen.unlinked === 1 ? 'is' : 'are'} not linked. Each gets a decision of its own and is judged by itself; all of it can be undone.`}
      act="Resolve it"
      fewest={3}
      busy={resolve.isPending}
      error={resolve.error}
      onAct={(reason) => {
        const attached = attachedOf(draft);
        if ('missing' in attached) setProblem(attached.missing);
        else resolve.mutate({ attached, reason, withCritical });
      }}
      onClose={onClose}
    >
      <AttachFields
        draft={draft}
        onChange={(next) => {
          setDraft(next);
          setProblem(null);
        }}
      />
      {problem === null ? null : (
        <p role="alert" className="text-sm text-unlinked">
          {problem}
        </p>
      )}
      {seen.critical.length === 0 ? null : (
        <div className="border-l-2 border-unlinked px-3 py-1 text-sm">
          <p>
            {countOf(seen.critical.length, 'change')} of critical risk left out, to be decided one by one:
          </p>
          <ul className="list-disc pl-4">
            {seen.critical.slice(0, 8).map((one) => (
              <li key={one.id} dir="auto">
                {one.label}
              </li>
            ))}
          </ul>
          <Checkbox
            className="mt-1"
            label="Include them"
            checked={withCritical}
            onChange={(event) => setWithCritical(event.currentTarget.checked)}
          />
        </div>
      )}
    </ReasonDialog>
  );
}
