'use client';

import Link from 'next/link';
import { sentenceCase, wordsOf } from '@/components/ui/data/format';
import { keyed } from '@/components/ui/data/keyed';
import { useScope } from '@/components/url/use-scope';
import type { ChangeDetailDto } from '@/lib/changes/contract';

type RiskReasonsProps = {
  readonly change: Pick<ChangeDetailDto, 'orgId' | 'risk' | 'riskReasons' | 'riskRules'>;
};

/** Why a change is as risky as it is: each reason with the rule behind it, in the version that judged. */
export function RiskReasons({ change }: RiskReasonsProps) {
  const { href } = useScope();
  const reasons = change.riskReasons.map((reason, index) => ({ reason, rule: change.riskRules[index] }));
  return (
    <div className="mt-2 text-sm text-muted">
      <p>Risk {change.risk.level}, because</p>
      <ul className="list-disc pl-5">
        {keyed(reasons, ({ reason }) => reason).map(({ key, item: { reason, rule } }) => (
          <li key={key}>
            <span dir="auto">{sentenceCase(wordsOf(reason))}</span>
            {rule === undefined ? null : (
              <>
                {' '}
                (
                <Link
                  href={href('/settings/high-risk', { org: change.orgId, rule: rule.id })}
                  className="door"
                >
                  <bdi>{rule.name}</bdi>, version {rule.version}
                </Link>
                )
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
