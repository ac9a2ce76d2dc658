'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Section } from '@/components/change-detail/section';
import { Button } from '@/components/ui/button';
import { countOf, formatCount } from '@/components/ui/data/format';
import { ErrorState } from '@/components/ui/state/error-state';
import type { AlertRule, RulePreviewDto } from '@/lib/alerts/contract/rules';
import { ruleOf } from './draft';

/** What the form, as it stands, would have sent over the last 30 days: tried on what was found, before it is saved. */
export function RulePreview({ form }: { readonly form: AlertRule }) {
  const [asked, setAsked] = useState<string | null>(null);
  const preview = useCommand<AlertRule, RulePreviewDto>((body) => ({
    method: 'POST',
    path: '/api/v1/alert-rules/preview',
    body,
  }));
  const now = JSON.stringify(ruleOf(form));
  const ask = () => {
    setAsked(now);
    // The name plays no part in what a rule finds, and need not be there yet.
    preview.mutate({ ...ruleOf(form), name: form.name.trim() === '' ? 'Preview' : form.name.trim() });
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
      {preview.data === undefined ? null : <Answer preview={preview.data} />}
    </Section>
  );
}

function Answer({ preview }: { readonly preview: RulePreviewDto }) {
  const { alerts, findings, people, channels } = preview;
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
      </p>
      {people.length + channels.length === 0 ? null : (
        <ul className="mt-1 text-sm text-muted">
          {[...people, ...channels].map((one) => (
            <li key={one.id}>
              <bdi>{one.name}</bdi>: {countOf(one.alerts, 'alert')}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
