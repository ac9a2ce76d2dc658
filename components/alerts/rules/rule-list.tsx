'use client';

import { Plus } from 'lucide-react';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { Sheet } from '@/components/ui/overlay/sheet';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { withOpen } from '@/components/url/list-params';
import { ShallowLink } from '@/components/url/shallow-link';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { AlertRuleDto } from '@/lib/alerts/contract/rules';
import { RULES_PATH } from '../paths';
import { NEW_RULE } from './draft';
import { RuleEditor } from './rule-editor';
import { type RuleNames, ruleSentence } from './rule-sentence';
import { useRuleChoices } from './use-rule-names';

const OPEN = 'edit';
const NEW = 'new';

/** Who is told of what: each rule as one sentence, changed in a form beside the list. */
export function RuleList() {
  const { params, pathname, setParams } = useScope();
  const may = useMay('alerts.manage');
  const { choices, names } = useRuleChoices();
  const answer = useApi<{ readonly items: readonly AlertRuleDto[] }>(RULES_PATH);
  const editing = params.get(OPEN);
  const rule = answer.data?.items.find((one) => one.id === editing);
  const close = () => setParams(withOpen(params, OPEN, null), 'replace');
  const hrefOf = (id: string) => addressOf(pathname, withOpen(params, OPEN, id));
  return (
    <Panel
      title="Who is told of what"
      aside={
        may ? (
          <Button asChild look="primary" size="small">
            <ShallowLink href={hrefOf(NEW)}>
              <Plus aria-hidden size={14} /> Add a rule
            </ShallowLink>
          </Button>
        ) : (
          'Administrators change these'
        )
      }
    >
      {answer.isError ? (
        <ErrorState
          doing="cannot show the rules"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the rules" />
      ) : answer.data.items.length === 0 ? (
        <EmptyState title="No rule says who is told">
          Alerts are raised and listed, and sent to nobody.
        </EmptyState>
      ) : (
        <ul className="divide-y border-y">
          {answer.data.items.map((one) => (
            <RuleItem key={one.id} rule={one} names={names} href={may ? hrefOf(one.id) : null} />
          ))}
        </ul>
      )}
      <Sheet open={may && editing !== null} onClose={close} title="Alert rule" modal>
        {editing === NEW ? (
          <RuleEditor
            key={NEW}
            rule={undefined}
            draft={NEW_RULE}
            choices={choices}
            names={names}
            onClose={close}
          />
        ) : rule === undefined ? (
          <div className="p-5">
            <EmptyState title="No rule with this id" action={<Button onClick={close}>Close</Button>} />
          </div>
        ) : (
          <RuleEditor
            key={rule.id}
            rule={rule}
            draft={rule}
            choices={choices}
            names={names}
            onClose={close}
          />
        )}
      </Sheet>
    </Panel>
  );
}

type RuleItemProps = {
  readonly rule: AlertRuleDto;
  readonly names: RuleNames;
  /** Where it is changed; null for those who only look. */
  readonly href: string | null;
};

function RuleItem({ rule, names, href }: RuleItemProps) {
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <bdi className={rule.enabled ? 'font-medium' : 'font-medium text-muted'}>{rule.name}</bdi>
        {rule.builtIn ? <Badge>Comes with the product</Badge> : null}
        {rule.enabled ? null : <Badge tone="warn">Switched off</Badge>}
        <span className="text-sm text-muted">{countOf(rule.sent30Days, 'alert')} sent in 30 days</span>
        {href === null ? null : (
          <Button asChild size="small" className="ml-auto">
            <ShallowLink href={href} aria-label={`Change ${rule.name}`}>
              Change
            </ShallowLink>
          </Button>
        )}
      </div>
      <p dir="auto" className={rule.enabled ? 'mt-1 max-w-220' : 'mt-1 max-w-220 text-muted'}>
        {ruleSentence(rule, names)}
      </p>
      <p className="mt-0.5 text-xs text-muted">
        So since <Time at={rule.since} precision="minute" className="text-xs!" />, <bdi>{rule.changedBy}</bdi>
      </p>
    </li>
  );
}
