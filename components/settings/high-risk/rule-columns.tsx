import { RiskBars } from '@/components/tally/risk-bars';
import { Badge } from '@/components/ui/badge';
import { Count } from '@/components/ui/data/count';
import type { Column } from '@/components/ui/data/data-table';
import { Time } from '@/components/ui/data/time';
import { ShallowLink } from '@/components/url/shallow-link';
import type { RiskRuleDto } from '@/lib/changes/contract/risk-rules';
import { aboutWords, CONDITION_WORDS } from './words';

type RuleForm = {
  readonly hrefOf: (id: string) => string;
  readonly door: (rule: RiskRuleDto) => string;
};

const ORIGINS = {
  product: null,
  policy: 'From the policy',
  person: 'Added here',
} as const satisfies Record<RiskRuleDto['origin'], string | null>;

/** What it guards, which changes, how grave, how often of late, and since when so. */
export function ruleColumns(form: RuleForm): readonly Column<RiskRuleDto>[] {
  return [
    { id: 'name', header: 'Rule', className: 'min-w-56', cell: (rule) => <Name rule={rule} form={form} /> },
    { id: 'level', header: 'Level', cell: (rule) => <Level rule={rule} /> },
    { id: 'service', header: 'Service', cell: (rule) => rule.service ?? <Any /> },
    { id: 'types', header: 'Entity types', cell: (rule) => <Words words={rule.entityTypes} /> },
    { id: 'actions', header: 'Actions', cell: (rule) => <Words words={rule.actions} /> },
    { id: 'only', header: 'Property and condition', cell: (rule) => <Only rule={rule} /> },
    {
      id: 'count',
      header: 'Last 30 days',
      align: 'right',
      cell: (rule) => <Seen rule={rule} form={form} />,
    },
    { id: 'since', header: 'Changed', cell: (rule) => <Since rule={rule} /> },
  ];
}

/** The same beneath each other. */
export function narrowRule(rule: RiskRuleDto, form: RuleForm) {
  return {
    first: (
      <span className="flex flex-wrap items-start gap-x-3">
        <span className="min-w-0 flex-1">
          <Name rule={rule} form={form} />
        </span>
        <Level rule={rule} />
      </span>
    ),
    second: (
      <>
        <span className="w-full wrap-anywhere">{aboutWords(rule)}</span>
        <span>
          <Seen rule={rule} form={form} /> in 30 days
        </span>
        <Since rule={rule} />
      </>
    ),
  };
}

type CellProps = { readonly rule: RiskRuleDto; readonly form: RuleForm };

function Name({ rule, form }: CellProps) {
  const origin = ORIGINS[rule.origin];
  return (
    <>
      <ShallowLink href={form.hrefOf(rule.id)} className="door font-medium">
        <bdi>{rule.name}</bdi>
      </ShallowLink>
      {rule.enabled && origin === null ? null : (
        <span className="ml-2 inline-flex flex-wrap gap-1.5 align-middle">
          {rule.enabled ? null : <Badge tone="warn">Switched off</Badge>}
          {origin === null ? null : <Badge>{origin}</Badge>}
        </span>
      )}
      <span className="block text-xs text-muted" dir="auto">
        {rule.reason}
      </span>
    </>
  );
}

function Level({ rule }: { readonly rule: RiskRuleDto }) {
  return <RiskBars risk={rule.level} className={rule.enabled ? '' : 'opacity-60'} />;
}

function Seen({ rule, form }: CellProps) {
  return rule.changes30Days === 0 ? (
    <span className="text-muted">0</span>
  ) : (
    <Count value={rule.changes30Days} href={form.door(rule)} />
  );
}

function Words({ words }: { readonly words: readonly string[] }) {
  if (words.length === 0) return <Any />;
  return (
    <ul className="flex flex-wrap gap-x-1.5">
      {words.map((word, index) => (
        <li key={word} className="wrap-anywhere">
          {word}
          {index === words.length - 1 ? '' : ','}
        </li>
      ))}
    </ul>
  );
}

function Only({ rule }: { readonly rule: RiskRuleDto }) {
  const parts = [
    ...rule.properties.map((one) => ({ key: one, word: <span className="font-mono text-xs">{one}</span> })),
    ...(rule.actor === null
      ? []
      : [{ key: 'actor', word: <span className="font-mono text-xs">{rule.actor}</span> }]),
    ...rule.conditions.map((one) => ({ key: one, word: `where ${CONDITION_WORDS[one]}` })),
  ];
  if (parts.length === 0) return <Any />;
  return (
    <ul>
      {parts.map(({ key, word }) => (
        <li key={key}>{word}</li>
      ))}
    </ul>
  );
}

function Since({ rule }: { readonly rule: RiskRuleDto }) {
  if (rule.changedAt === null)
    return <span className="text-muted">{rule.origin === 'product' ? 'never changed' : ''}</span>;
  return (
    <span className="text-sm">
      <Time at={rule.changedAt} precision="day" />
      <span className="block text-xs text-muted">
        <bdi>{rule.changedBy}</bdi>, version {rule.version}
      </span>
    </span>
  );
}

function Any() {
  return <span className="text-muted">any</span>;
}
