'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import { useScope } from '@/components/url/use-scope';
import type { ExcuseDecisionInput, ExcuseRuleDto } from '@/lib/linking/contract/excuses';
import { excuseDecisionsPath } from './paths';
import { decisionWord, EXCUSE_STATE_TONES, EXCUSE_STATE_WORDS, sayMatcher } from './words';

type ExcuseItemProps = {
  readonly rule: ExcuseRuleDto;
  readonly may: boolean;
  readonly onReplace: () => void;
};
type Act = 'approve' | 'refuse' | 'withdraw';

const ACTS = {
  approve: {
    title: 'Approve the rule',
    says: 'What it describes needs no authorisation between its dates. What lies in the past of them is excused now, as a decision of its own in each change’s history.',
    act: 'Approve it',
    done: 'Approved: what it describes is being excused',
  },
  refuse: {
    title: 'Refuse the rule',
    says: 'It never comes into force. The proposal stays in the list.',
    act: 'Refuse it',
    done: 'Refused',
  },
  withdraw: {
    title: 'Withdraw the rule',
    says: 'From now on it excuses nothing more.',
    act: 'Withdraw it',
    done: 'Withdrawn',
  },
} as const satisfies Record<Act, { title: string; says: string; act: string; done: string }>;

/** One rule with its state, what it excuses, who said what, and the acts that are open. */
export function ExcuseItem({ rule, may, onReplace }: ExcuseItemProps) {
  const { href } = useScope();
  const say = useNotice();
  const [act, setAct] = useState<Act | null>(null);
  const [judgeAgain, setJudgeAgain] = useState(false);
  const decide = useCommand<ExcuseDecisionInput, unknown>(
    (body) => ({ method: 'POST', path: excuseDecisionsPath(rule.id), body }),
    {
      onDone: (_, { what }) => {
        say(ACTS[what].done);
        setAct(null);
      },
    },
  );
  const open = rule.state === 'proposed';
  const holds = rule.state === 'active' || rule.state === 'scheduled';
  const rows = href('/changes', {
    excuse: [rule.id],
    accountable: ['all'],
    from: [rule.from],
    to: [rule.endedAt ?? rule.expiresAt],
  });
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone={EXCUSE_STATE_TONES[rule.state]}>{EXCUSE_STATE_WORDS[rule.state]}</Badge>
        <h2 dir="auto" className="font-medium">
          {rule.title}
        </h2>
        {rule.withHighRisk ? <Badge tone="warn">High risk, too</Badge> : null}
        {rule.excused === 0 ? (
          <span className="ml-auto text-muted">excuses no change</span>
        ) : (
          <Link className="door ml-auto" href={rows}>
            excuses {countOf(rule.excused, 'change')}
          </Link>
        )}
      </div>
      <p className="mt-1">{sayMatcher(rule.matcher)}</p>
      <p className="mt-0.5 text-sm text-muted">
        From <Time at={rule.from} precision="minute" /> until <Time at={rule.expiresAt} precision="minute" />
        {rule.endedAt === null ? null : (
          <>
            , ended <Time at={rule.endedAt} precision="minute" />
          </>
        )}
      </p>
      <ul className="mt-1 text-sm">
        {rule.decisions.map((one) => (
          <li key={one.what}>
            {decisionWord(one.what)} by <bdi>{one.by}</bdi>, <Time at={one.at} />:{' '}
            <span dir="auto">{one.reason}</span>
          </li>
        ))}
      </ul>
      {may && (open || holds) ? (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          {open ? (
            <>
              <Button size="small" disabled={!rule.mayApprove.allowed} onClick={() => setAct('approve')}>
                Approve
              </Button>
              <Button size="small" disabled={!rule.mayApprove.allowed} onClick={() => setAct('refuse')}>
                Refuse
              </Button>
            </>
          ) : (
            <Button size="small" onClick={onReplace}>
              Replace
            </Button>
          )}
          <Button size="small" look="quiet" onClick={() => setAct('withdraw')}>
            Withdraw
          </Button>
          {open && !rule.mayApprove.allowed ? (
            <span className="text-sm text-muted">{rule.mayApprove.because}</span>
          ) : null}
        </div>
      ) : null}
      {act === null ? null : (
        <ReasonDialog
          title={ACTS[act].title}
          description={ACTS[act].says}
          act={ACTS[act].act}
          look={act === 'approve' ? 'primary' : 'danger'}
          fewest={3}
          busy={decide.isPending}
          error={decide.error}
          onAct={(reason) =>
            decide.mutate(
              act === 'withdraw'
                ? { what: act, reason, inside: judgeAgain ? 'judge_again' : 'keep' }
                : { what: act, reason },
            )
          }
          onClose={() => setAct(null)}
        >
          {act === 'withdraw' && holds ? (
            <Checkbox
              label="Judge again what it excused so far, as if it had never been"
              checked={judgeAgain}
              onChange={(event) => setJudgeAgain(event.currentTarget.checked)}
            />
          ) : null}
        </ReasonDialog>
      )}
    </li>
  );
}
