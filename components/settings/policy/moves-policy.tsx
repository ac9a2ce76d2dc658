'use client';

import { useState } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/layout/panel';
import { useNotice } from '@/components/ui/overlay/notices';
import { Select } from '@/components/ui/select';
import { ErrorState } from '@/components/ui/state/error-state';
import { Textarea } from '@/components/ui/textarea';
import type { SettingDto } from '@/lib/auth/contract';
import {
  isApplies,
  REVIEW_APPLIES,
  type ReviewApplies,
  readMoveReview,
  readNetworks,
  reviewSentence,
} from './policy-words';

type Body = {
  readonly moveReview?: { readonly days: number; readonly applies: ReviewApplies };
  readonly ipAllowList?: readonly string[];
};

const APPLIES_OPTIONS = Object.entries(REVIEW_APPLIES).flatMap(([value, label]) =>
  isApplies(value) ? [{ value, label }] : [],
);

/** How long a move may wait for its review, and which addresses are known: the two policies that judge division moves. */
export function MovesPolicy({ items }: { readonly items: readonly SettingDto[] }) {
  const may = useMay('settings.write');
  if (!may) return null;
  const of = (name: string) => items.find((one) => one.name === name && one.orgId === null)?.value;
  const review = readMoveReview(of('policy.moveReview'));
  const networks = of('policy.ipAllowList');
  const listed = Array.isArray(networks) ? networks.map(String) : [];
  return (
    <Panel title="Division moves" aside="Holds for every organisation from the moment it is saved">
      <div className="grid gap-x-12 gap-y-6 lg:grid-cols-2">
        <ReviewPeriod
          key={JSON.stringify(review)}
          days={review?.days ?? 0}
          applies={review?.applies ?? 'boundary_cross'}
        />
        <AllowList key={listed.join(' ')} networks={listed} />
      </div>
    </Panel>
  );
}

function useApply(said: string) {
  const say = useNotice();
  return useCommand<Body, { changed: readonly string[] }>(
    (body) => ({ method: 'PUT', path: '/api/v1/settings/policy', body }),
    { onDone: () => say(said) },
  );
}

function ReviewPeriod(set: { readonly days: number; readonly applies: ReviewApplies }) {
  const [days, setDays] = useState(String(set.days));
  const [applies, setApplies] = useState(set.applies);
  const apply = useApply('Saved the review period');
  const wanted = Number(days);
  const valid = days !== '' && Number.isInteger(wanted) && wanted >= 0 && wanted <= 365;
  const changed = valid && (wanted !== set.days || applies !== set.applies);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) apply.mutate({ moveReview: { days: wanted, applies } });
      }}
    >
      <h3 className="text-sm font-medium">Review period</h3>
      <div className="grid gap-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Field label="Days" required error={valid ? null : 'A whole number from 0 to 365.'}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={365}
              step={1}
              value={days}
              onChange={(event) => setDays(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Asked for" required>
          {(control) => (
            <Select {...control} value={applies} onChange={setApplies} options={APPLIES_OPTIONS} />
          )}
        </Field>
      </div>
      <p className="text-sm text-muted">
        {valid ? reviewSentence({ days: wanted, applies }) : ''} It applies to moves from then on; earlier
        ones keep the due date they were given.
      </p>
      {apply.isError ? <ErrorState doing="cannot save the review period" error={apply.error} /> : null}
      <div>
        <Button type="submit" look="primary" disabled={!changed} busy={apply.isPending}>
          Save the review period
        </Button>
      </div>
    </form>
  );
}

function AllowList({ networks }: { readonly networks: readonly string[] }) {
  const [text, setText] = useState(networks.join('\n'));
  const apply = useApply('Saved the allowed addresses');
  const wanted = readNetworks(text);
  const changed = wanted.join(' ') !== networks.join(' ');
  const wrong = apply.error instanceof ApiError ? Object.values(apply.error.fields)[0] : undefined;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) apply.mutate({ ipAllowList: wanted });
      }}
    >
      <h3 className="text-sm font-medium">Allowed addresses</h3>
      <Field
        label="Networks"
        required
        error={wrong}
        hint="One a line, such as 192.0.2.0/24 or 2001:db8::/32. With no network, addresses are not evaluated."
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            className="font-mono"
            spellCheck={false}
            required={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {apply.isError && wrong === undefined ? (
        <ErrorState doing="cannot save the allowed addresses" error={apply.error} />
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={!changed} busy={apply.isPending}>
          Save the addresses
        </Button>
        <span className="text-sm text-muted">{countOf(wanted.length, 'network')}</span>
      </div>
    </form>
  );
}
