'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useOrganizations } from '@/components/frame/use-organizations';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import { Select } from '@/components/ui/select';
import { ErrorState } from '@/components/ui/state/error-state';
import type {
  ExcusePreviewDto,
  ExcusePreviewInput,
  ExcuseProposal,
  ExcuseRuleDto,
} from '@/lib/linking/contract/excuses';
import { ExcusePreview } from './excuse-preview';
import { EXCUSE_PREVIEW_PATH, EXCUSES_PATH } from './paths';
import { MATCHER_FIELDS, type MatcherField } from './words';

type ProposeDialogProps = {
  /** The rule whose place the new one takes. */
  readonly replaces?: ExcuseRuleDto;
  readonly onClose: () => void;
};

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;

function dateOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Proposes a rule: what it is about, between which days, and what that would excuse, before anybody approves it. */
export function ProposeDialog({ replaces, onClose }: ProposeDialogProps) {
  const say = useNotice();
  const orgs = useOrganizations().data?.items ?? [];
  const [orgId, setOrgId] = useState<string | undefined>(replaces?.orgId);
  const [title, setTitle] = useState(replaces?.title ?? '');
  const [matcher, setMatcher] = useState<Partial<Record<MatcherField, string>>>(replaces?.matcher ?? {});
  const [from, setFrom] = useState(() => dateOf(new Date()));
  const [until, setUntil] = useState(() => dateOf(new Date(Date.now() + DEFAULT_DAYS * DAY_MS)));
  const [withHighRisk, setWithHighRisk] = useState(replaces?.withHighRisk ?? false);
  const [problem, setProblem] = useState<string | null>(null);
  const preview = useCommand<ExcusePreviewInput, ExcusePreviewDto>((body) => ({
    method: 'POST',
    path: EXCUSE_PREVIEW_PATH,
    body,
  }));
  const propose = useCommand<ExcuseProposal, unknown>(
    (body) => ({ method: 'POST', path: EXCUSES_PATH, body }),
    {
      onDone: () => {
        say('Proposed: another person approves it');
        onClose();
      },
    },
  );
  const chosen = orgId ?? orgs[0]?.id;
  const withTerms = (act: (terms: ExcusePreviewInput) => void) => {
    const given = Object.fromEntries(
      Object.entries(matcher).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
    );
    if (chosen === undefined) setProblem('No organisation is connected.');
    else if (Object.keys(given).length === 0)
      setProblem('Say what the rule is about: at least one of the fields.');
    else if (from === '' || until === '' || from >= until)
      setProblem('The last day must come after the first.');
    else
      act({
        orgId: chosen,
        matcher: given,
        from: `${from}T00:00:00Z`,
        expiresAt: `${until}T00:00:00Z`,
        withHighRisk,
      });
  };
  const changed = () => {
    setProblem(null);
    preview.reset();
  };
  return (
    <ReasonDialog
      title={replaces === undefined ? 'Propose a rule' : `Replace ${replaces.title}`}
      description="What fits every field that is given needs no authorisation between the two dates. It excuses nothing before another person approves it."
      act="Propose it"
      fewest={3}
      hint="Why this needs no authorisation; kept under your name"
      busy={propose.isPending}
      error={propose.error}
      onAct={(reason) =>
        title.trim().length < 3
          ? setProblem('Give the rule a name.')
          : withTerms((terms) =>
              propose.mutate({
                ...terms,
                title: title.trim(),
                reason,
                ...(replaces === undefined ? {} : { replaces: replaces.id }),
              }),
            )
      }
      onClose={onClose}
    >
      <Field label="Name" required>
        {(control) => (
          <Input
            {...control}
            value={title}
            maxLength={200}
            onChange={(event) => {
              setTitle(event.currentTarget.value);
              setProblem(null);
            }}
          />
        )}
      </Field>
      {orgs.length > 1 ? (
        <Field label="Organisation" required>
          {({ required: _, ...control }) => (
            <Select
              {...control}
              value={chosen}
              options={orgs.map((org) => ({ value: org.id, label: org.name }))}
              onChange={(next) => {
                setOrgId(next);
                changed();
              }}
            />
          )}
        </Field>
      ) : null}
      <div className="grid gap-4 md:grid-cols-2">
        {MATCHER_FIELDS.map(({ name, word, hint }) => (
          <Field key={name} label={word} hint={hint}>
            {(control) => (
              <Input
                {...control}
                value={matcher[name] ?? ''}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => {
                  setMatcher({ ...matcher, [name]: event.currentTarget.value });
                  changed();
                }}
              />
            )}
          </Field>
        ))}
        <Field label="From (UTC)" required hint="A day in the past excuses what happened since">
          {(control) => (
            <Input
              {...control}
              type="date"
              value={from}
              onChange={(event) => {
                setFrom(event.currentTarget.value);
                changed();
              }}
            />
          )}
        </Field>
        <Field label="Until (UTC)" required hint="At most a year from now; it then ends by itself">
          {(control) => (
            <Input
              {...control}
              type="date"
              value={until}
              onChange={(event) => {
                setUntil(event.currentTarget.value);
                changed();
              }}
            />
          )}
        </Field>
      </div>
      <Checkbox
        label="Excuse changes of high and critical risk, too"
        checked={withHighRisk}
        onChange={(event) => {
          setWithHighRisk(event.currentTarget.checked);
          changed();
        }}
      />
      {problem === null ? null : (
        <p role="alert" className="text-sm text-unlinked">
          {problem}
        </p>
      )}
      <Button
        size="small"
        className="self-start"
        busy={preview.isPending}
        onClick={() => withTerms((terms) => preview.mutate(terms))}
      >
        What would it excuse?
      </Button>
      {preview.isError ? <ErrorState doing="cannot preview the rule" error={preview.error} /> : null}
      {preview.data === undefined ? null : <ExcusePreview preview={preview.data} />}
    </ReasonDialog>
  );
}
