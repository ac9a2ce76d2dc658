'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { RiskRuleDecision, RiskRuleProposalDto } from '@/lib/changes/contract/risk-rules';
import { RISK_RULES_PATH } from '../settings-paths';
import { EffectTable } from './effect-table';
import { differences } from './words';

type ProposalItemProps = {
  readonly proposal: RiskRuleProposalDto;
  /** Whether changes are still being judged again for it. */
  readonly rejudging: boolean;
};

const DECIDED = {
  approved: { word: 'Approved', tone: 'good' },
  refused: { word: 'Refused', tone: 'bad' },
  withdrawn: { word: 'Withdrawn', tone: 'plain' },
} as const;

/** `Ana Ruiz changed Deletion of trunks`, with every part that differs, the reason, the effect as it was tried, and the decision. */
export function ProposalItem({ proposal, rejudging }: ProposalItemProps) {
  const { content, before, decision } = proposal;
  const decided = decision === null ? null : DECIDED[decision.outcome];
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="min-w-0">
          <bdi className="font-medium">{proposal.proposedBy}</bdi> {verbOf(proposal)}{' '}
          <bdi className="font-medium">{(before ?? content).name}</bdi>
        </span>
        <Time at={proposal.proposedAt} precision="minute" className="text-muted" />
        {decided === null ? (
          <Badge tone="warn">Waits for another person</Badge>
        ) : (
          <Badge tone={decided.tone}>{decided.word}</Badge>
        )}
        {decision?.version == null ? null : (
          <span className="text-sm text-muted">version {decision.version}</span>
        )}
        {rejudging ? <Badge tone="accent">Judging changes again</Badge> : null}
      </p>
      <dl className="mt-1 grid gap-x-4 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
        {differences(before, content).map(({ part, from, to }) => (
          <div key={part} className="contents">
            <dt className="text-muted">{part}</dt>
            <dd className="mb-1 wrap-anywhere" dir="auto">
              {before === null ? null : (
                <>
                  <del className="text-muted">{from}</del> <span aria-hidden>→ </span>
                </>
              )}
              {before === null ? to : <ins className="no-underline">{to}</ins>}
            </dd>
          </div>
        ))}
        <dt className="text-muted">Judges</dt>
        <dd className="mb-1">
          {proposal.effectiveFrom === null ? (
            'from the approval on'
          ) : (
            <>
              changes from <Time at={proposal.effectiveFrom} precision="minute" /> on, again
            </>
          )}
        </dd>
        <dt className="text-muted">Why</dt>
        <dd className="mb-1 wrap-anywhere" dir="auto">
          {proposal.why}
        </dd>
        {decision === null ? null : (
          <>
            <dt className="text-muted">{decided?.word}</dt>
            <dd className="wrap-anywhere" dir="auto">
              <bdi>{decision.by}</bdi>, <Time at={decision.at} precision="minute" />: {decision.why}
            </dd>
          </>
        )}
      </dl>
      {decision === null ? (
        <>
          <EffectTable preview={proposal.preview} />
          <Decide proposal={proposal} />
        </>
      ) : (
        <details className="mt-1">
          <summary className="text-sm text-muted">What it would have done when it was proposed</summary>
          <EffectTable preview={proposal.preview} />
        </details>
      )}
    </li>
  );
}

function verbOf({ before, content, decision }: RiskRuleProposalDto): string {
  const done = decision?.outcome === 'approved';
  if (before === null) return done ? 'added' : 'proposed to add';
  if (before.enabled && !content.enabled) return done ? 'switched off' : 'proposed to switch off';
  if (!before.enabled && content.enabled) return done ? 'switched on' : 'proposed to switch on';
  return done ? 'changed' : 'proposed to change';
}

type Word = RiskRuleDecision['decision'];
const ACTS = {
  approve: {
    act: 'Approve',
    title: 'Approve this rule',
    said: 'Approved; changes it concerns are judged again',
    look: 'primary',
  },
  refuse: { act: 'Refuse', title: 'Refuse this rule', said: 'Refused', look: 'danger' },
  withdraw: { act: 'Withdraw', title: 'Withdraw this proposal', said: 'Withdrawn', look: 'danger' },
} as const satisfies Record<Word, object>;
const WORDS: readonly Word[] = ['approve', 'refuse', 'withdraw'];

function Decide({ proposal }: { readonly proposal: RiskRuleProposalDto }) {
  const say = useNotice();
  const [word, setWord] = useState<Word | null>(null);
  const decide = useCommand<RiskRuleDecision, unknown>(
    (body) => ({
      method: 'POST',
      path: `${RISK_RULES_PATH}/${encodeURIComponent(proposal.id)}/decision`,
      body,
    }),
    {
      onDone: (_, { decision }) => {
        say(ACTS[decision].said);
        setWord(null);
      },
    },
  );
  const { may, preview } = proposal;
  const allowed = WORDS.filter((one) => may[one].allowed);
  const last = preview.effects.at(-1);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      {allowed.map((one) => (
        <Button
          key={one}
          size="small"
          look={one === 'approve' ? 'primary' : 'plain'}
          onClick={() => {
            decide.reset();
            setWord(one);
          }}
        >
          {ACTS[one].act}
        </Button>
      ))}
      {may.approve.allowed ? null : <span className="text-sm text-muted">{may.approve.because}</span>}
      {word === null ? null : (
        <ReasonDialog
          title={ACTS[word].title}
          description={
            word === 'approve' && last !== undefined
              ? `Of the last ${last.days} days ${formatCount(last.becomeHigh)} would have become high-risk and ${formatCount(last.stopHigh)} would have stopped being so.`
              : 'Nothing is judged otherwise.'
          }
          act={ACTS[word].act}
          look={ACTS[word].look}
          fewest={10}
          busy={decide.isPending}
          error={decide.error}
          onAct={(why) => decide.mutate({ decision: word, why })}
          onClose={() => setWord(null)}
        />
      )}
    </div>
  );
}
