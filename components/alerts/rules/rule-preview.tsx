'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Section } from '@/components/change-detail/section';
import { RiskBars } from '@/components/tally/risk-bars';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/data/format';
import { keyed } from '@/components/ui/data/keyed';
import { Time } from '@/components/ui/data/time';
import { ErrorState } from '@/components/ui/state/error-state';
import type { AlertRule, AlertRulePreviewDto } from '@/lib/alerts/contract/rules';
import { ruleOf } from './draft';

type RulePreviewProps = {
  readonly form: AlertRule;
  readonly channelOf: (id: string) => string;
};

/** What the form, as it stands, would have sent over the last 30 days: tried on what was found, before it is saved. */
export function RulePreview({ form, channelOf }: RulePreviewProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const preview = useCommand<AlertRule, AlertRulePreviewDto>((body) => ({
    method: 'POST',
    path: '/api/v1/alert-rules/preview',
    body,
  }));
  const now = JSON.stringify(ruleOf(form));
  const ask = () => {
    setAsked(now);
    // The name plays no part in what a rule finds, and need not be there yet.
    preview.mutate({ ...ruleOf(form), name: form.name.trim() || 'Preview' });
  };
  return (
    <Section title="What it would have sent">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-2">
        <Button onClick={ask} busy={preview.isPending}>
          {preview.data === undefined ? 'Try it on the last 30 days' : 'Try it again'}
        </Button>
        {preview.data !== undefined && asked !== now ? (
          <span className="text-sm text-late">The form has changed since.</span>
        ) : null}
      </div>
      {preview.isError ? <ErrorState doing="cannot try the rule" error={preview.error} /> : null}
      {preview.data === undefined ? null : <Answer preview={preview.data} channelOf={channelOf} />}
    </Section>
  );
}

type AnswerProps = { readonly preview: AlertRulePreviewDto; readonly channelOf: (id: string) => string };

function Answer({ preview, channelOf }: AnswerProps) {
  const { alerts, findings, people, examples } = preview;
  const channels = preview.channels.filter((id) => id !== 'inbox');
  const told = [...people.map((one) => one.name), ...channels.map(channelOf)];
  return (
    <div aria-live="polite" className="mt-2">
      <p>
        In the last 30 days this would have sent{' '}
        <strong className="font-medium">{countOf(alerts, 'alert')}</strong> to{' '}
        <strong className="font-medium">
          {people.length === 1 ? '1 person' : `${formatCount(people.length)} people`}
        </strong>
        {channels.length === 0 ? '' : ` and ${countOf(channels.length, 'channel')}`}, from{' '}
        {countOf(findings, 'finding')}.
        {preview.incomplete ? ' There were more findings than a preview looks at.' : ''}
      </p>
      {told.length === 0 ? null : (
        <p className="text-sm text-muted">
          <bdi>{told.join(', ')}</bdi>
        </p>
      )}
      {examples.length === 0 ? null : (
        <>
          <p className="mt-2 text-sm font-medium">The newest of them</p>
          <ul className="divide-y border-y">
            {keyed(examples, (one) => `${one.at} ${one.title}`).map(({ key, item }) => (
              <li key={key} className="flex flex-wrap items-baseline gap-x-3 py-1 text-sm">
                <RiskBars risk={item.severity} />
                <span dir="auto" className="min-w-0 flex-1 basis-60">
                  {item.title}
                  {item.findings > 1 ? (
                    <span className="text-muted"> ({countOf(item.findings, 'finding')})</span>
                  ) : null}
                </span>
                <Time at={item.at} precision="minute" className="text-muted" />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
