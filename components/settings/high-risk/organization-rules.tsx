'use client';

import { Plus, TriangleAlert } from 'lucide-react';
import { useMay } from '@/components/frame/use-me';
import { RISK_WORDS } from '@/components/tally/words';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { DataTable } from '@/components/ui/data/data-table';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { Sheet } from '@/components/ui/overlay/sheet';
import { EmptyState } from '@/components/ui/state/empty-state';
import { toggleValue, withOpen } from '@/components/url/list-params';
import { ShallowLink } from '@/components/url/shallow-link';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { RiskRuleDto, RiskRulesDto } from '@/lib/changes/contract/risk-rules';
import { RISKS } from '@/lib/kernel/words';
import { ProposalList } from './proposal-list';
import { narrowRule, ruleColumns } from './rule-columns';
import { RuleSheet } from './rule-sheet';

/** The rule that lies open, and of which organisation: rules of the product are called the same in all. */
const OPEN = 'rule';
const OF = 'of';
const NEW = 'new';

type OrganizationRulesProps = {
  readonly organization: RiskRulesDto['organizations'][number];
  readonly counted: RiskRulesDto['counted'];
  readonly name: string;
};

/** One organisation's table with what waits for a decision above it and what was decided below. */
export function OrganizationRules({ organization, counted, name }: OrganizationRulesProps) {
  const { orgId, rules, proposals, rejudging } = organization;
  const { params, pathname, setParams, href } = useScope();
  const may = useMay('risk_rules.write');
  const levels = params.getAll('level');
  const hrefOf = (id: string) => {
    const next = withOpen(params, OPEN, id);
    next.set(OF, orgId);
    return addressOf(pathname, next);
  };
  const here = params.get(OF) === null || params.get(OF) === orgId;
  const openId = here ? params.get(OPEN) : null;
  const open = rules.find((rule) => rule.id === openId);
  const close = () => {
    const next = withOpen(params, OPEN, null);
    next.delete(OF);
    setParams(next, 'replace');
  };
  const shown = [...rules]
    .filter((rule) => levels.length === 0 || levels.includes(rule.level))
    .sort(
      (a, b) =>
        RISKS.indexOf(b.level) - RISKS.indexOf(a.level) ||
        Number(b.enabled) - Number(a.enabled) ||
        a.name.localeCompare(b.name, 'en'),
    );
  const door = (rule: RiskRuleDto) =>
    href('/changes', { org: orgId, riskRule: rule.id, from: counted.from, to: counted.to });
  const form = { hrefOf, door };
  return (
    <Panel
      title={name}
      aside={
        may ? (
          <Button asChild look="primary" size="small">
            <ShallowLink href={hrefOf(NEW)}>
              <Plus aria-hidden size={14} /> Propose a rule
            </ShallowLink>
          </Button>
        ) : (
          'Administrators and officers propose changes'
        )
      }
    >
      <Unguarded rules={rules} />
      {rejudging.map((one) => (
        <p key={`${one.ruleId} ${one.requestedAt}`} role="status" className="mb-2 text-sm text-late">
          Changes from <Time at={one.from} precision="minute" className="text-sm!" /> on are being judged
          again
          {one.version === null ? ' with the product’s new table' : ` with version ${one.version} of a rule`}:{' '}
          {formatCount(one.read)} read, {formatCount(one.changed)} different so far.
        </p>
      ))}
      <ProposalList
        title="Waiting for a decision"
        proposals={proposals.filter((one) => one.decision === null)}
        rejudging={rejudging}
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {[...RISKS].reverse().map((level) => (
          <Chip
            key={level}
            pressed={levels.includes(level)}
            onPress={() => setParams(toggleValue(params, OPEN, 'level', level))}
          >
            {RISK_WORDS[level]} ({formatCount(rules.filter((rule) => rule.level === level).length)})
          </Chip>
        ))}
        <span className="text-sm text-muted">
          {countOf(shown.length, 'rule')}
          {levels.length === 0 ? '' : ` of ${formatCount(rules.length)}`}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No rule of this level">Take a level out to see the others.</EmptyState>
      ) : (
        <DataTable
          caption={`High-risk rules of ${name}`}
          rows={shown}
          keyOf={(rule) => rule.id}
          columns={ruleColumns(form)}
          narrow={(rule) => narrowRule(rule, form)}
          openKey={openId}
        />
      )}
      <div className="mt-6">
        <ProposalList
          title="History"
          proposals={proposals.filter((one) => one.decision !== null)}
          rejudging={rejudging}
          empty="Nobody changed the table yet: the product’s own rules judge every change."
        />
      </div>
      <Sheet open={openId !== null} onClose={close} title="High-risk rule" modal>
        {openId === null ? null : openId !== NEW && open === undefined ? (
          <div className="p-5">
            <EmptyState title="No rule with this id" action={<Button onClick={close}>Close</Button>} />
          </div>
        ) : (
          <RuleSheet
            key={openId}
            orgId={orgId}
            rule={open}
            may={may && open?.origin !== 'policy'}
            organization={organization}
            doorOf={door}
            onClose={close}
          />
        )}
      </Sheet>
    </Panel>
  );
}

/** What guards deletions of trunks or divisions and is switched off stays in sight. */
function Unguarded({ rules }: { readonly rules: readonly RiskRuleDto[] }) {
  const off = rules.filter((rule) => rule.guardsDeletions && !rule.enabled);
  if (off.length === 0) return null;
  return (
    <p className="mb-3 flex items-start gap-2 rounded-md border border-late/50 bg-warn-soft px-3 py-2 text-sm text-late">
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>
        Switched off: {off.map((rule) => rule.name).join('; ')}. Such deletions are high-risk no longer unless
        another rule says so.
      </span>
    </p>
  );
}
