'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { TallyMark } from '@/components/tally/tally-mark';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import { ErrorState } from '@/components/ui/state/error-state';
import { LINKAGES, type Linkage } from '@/lib/kernel/words';
import type { AttachedReference, AttachPreviewDto, LinkDecisionInput } from '@/lib/linking/contract/manual';
import { AttachFields } from './attach-fields';
import { type AttachDraft, attachedOf, EMPTY_DRAFT } from './draft';
import { attachPreviewPath, decisionsPath } from './paths';

type AttachDialogProps = {
  readonly changeId: string;
  /** What an answer named, and the request it answered. */
  readonly from?: {
    readonly draft: Partial<AttachDraft>;
    readonly requestId: string;
    readonly reason: string;
  };
  readonly onClose: () => void;
};

/** Names what authorised a change; shows what that comes to before it is kept. */
export function AttachDialog({ changeId, from, onClose }: AttachDialogProps) {
  const say = useNotice();
  const [draft, setDraft] = useState<AttachDraft>({ ...EMPTY_DRAFT, ...from?.draft });
  const [problem, setProblem] = useState<string | null>(null);
  const preview = useCommand<AttachedReference, AttachPreviewDto>((attached) => ({
    method: 'POST',
    path: attachPreviewPath(changeId),
    body: { attached },
  }));
  const attach = useCommand<LinkDecisionInput, { readonly linkage: Linkage }>(
    (body) => ({ method: 'POST', path: decisionsPath(changeId), body }),
    {
      onDone: () => {
        say('Attached, and the change was judged again');
        onClose();
      },
    },
  );
  const withAttached = (act: (attached: AttachedReference) => void) => {
    const attached = attachedOf(draft);
    if ('missing' in attached) setProblem(attached.missing);
    else act(attached);
  };
  return (
    <ReasonDialog
      title="Attach an authorisation"
      description="A ticket or commit is looked up and judged as of the time of the change, like any other: naming it makes nothing approved that was not."
      act="Attach it"
      fewest={3}
      hint={from?.reason ?? 'Why this one authorised the change; kept under your name'}
      busy={attach.isPending}
      error={attach.error}
      onAct={(reason) =>
        withAttached((attached) =>
          attach.mutate({
            what: 'attach',
            attached,
            reason,
            ...(from === undefined ? {} : { requestId: from.requestId }),
          }),
        )
      }
      onClose={onClose}
    >
      <AttachFields
        draft={draft}
        onChange={(next) => {
          setDraft(next);
          setProblem(null);
          preview.reset();
        }}
      />
      {problem === null ? null : (
        <p role="alert" className="text-sm text-unlinked">
          {problem}
        </p>
      )}
      <div className="flex flex-col gap-2">
        <Button
          size="small"
          className="self-start"
          busy={preview.isPending}
          onClick={() => withAttached((attached) => preview.mutate(attached))}
        >
          Look it up
        </Button>
        {preview.isError ? <ErrorState doing="cannot look it up" error={preview.error} /> : null}
        {preview.data === undefined ? null : <Preview found={preview.data} />}
      </div>
    </ReasonDialog>
  );
}

function Preview({ found }: { readonly found: AttachPreviewDto }) {
  const { claim, because } = found;
  if (because !== null)
    return (
      <p role="status" className="border-l-2 border-unlinked bg-bad-soft px-3 py-2 text-sm">
        {because}
      </p>
    );
  const status = LINKAGES.find((one) => one === claim.status) ?? 'unlinked';
  return (
    <div role="status" className="rounded-md border px-3 py-2 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-mono">{claim.reference.slice(0, 12)}</span>
        {claim.title === null ? null : <span dir="auto">{claim.title}</span>}
        <TallyMark status={status} className="ml-auto" />
      </div>
      <p className="mt-1 text-muted">
        {claim.approvedAt === null ? (
          'No approval known'
        ) : (
          <>
            Approved <Time at={claim.approvedAt} />
          </>
        )}
        {claim.approvers.length === 0 ? '' : ` by ${claim.approvers.join(', ')}`}. {claim.reasons[0]}.
      </p>
    </div>
  );
}
