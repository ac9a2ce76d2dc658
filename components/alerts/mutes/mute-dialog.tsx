'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import { Select } from '@/components/ui/select';
import { readLocalInput, toLocalInput } from '@/components/url/period';
import { useZone } from '@/components/url/use-zone';
import type { AlertDetailDto, MuteDto } from '@/lib/alerts/contract/alerts';
import { toIso } from '@/lib/kernel/instant';
import { MUTES_PATH } from '../paths';
import { useDetectionTitle } from '../use-detections';
import { endOfSpan, MUTE_SPANS, type MuteSpan, problemOfEnd } from './mute-end';

type MuteDialogProps = { readonly alert: AlertDetailDto; readonly onClose: () => void };
type Reach = 'subject' | 'actor' | 'all';

/** What is not sent until then: with a reason and an end, and no wider than it has to be. */
export function MuteDialog({ alert, onClose }: MuteDialogProps) {
  const say = useNotice();
  const zone = useZone();
  const titleOf = useDetectionTitle();
  const [rule, setRule] = useState(alert.rules[0] ?? '');
  const [reach, setReach] = useState<Reach>('subject');
  const [span, setSpan] = useState<MuteSpan | 'own'>('24h');
  const [own, setOwn] = useState(() => toLocalInput(endOfSpan('24h', new Date()), zone));
  const [problem, setProblem] = useState<string | null>(null);
  const mute = useCommand<Record<string, unknown>, MuteDto>(
    (body) => ({ method: 'POST', path: MUTES_PATH, body }),
    {
      onDone: () => {
        say('Muted; alerts are kept and listed all the same');
        onClose();
      },
    },
  );
  const act = (reason: string) => {
    const now = new Date();
    const end = span === 'own' ? readLocalInput(own, zone) : endOfSpan(span, now);
    const wrong = problemOfEnd(end, now);
    setProblem(wrong);
    if (wrong !== null || end === null) return;
    mute.mutate({
      org: alert.orgId,
      rule,
      reason,
      until: toIso(end),
      ...(reach === 'subject' ? { subjectId: alert.subject.id } : {}),
      ...(reach === 'actor' && alert.actor?.id ? { actorId: alert.actor.id } : {}),
    });
  };
  const subject = alert.subject.name ?? alert.subject.id;
  const actor = alert.actor?.id ? (alert.actor.name ?? alert.actor.id) : null;
  return (
    <ReasonDialog
      title="Mute"
      description="Nothing of it is sent until then. Findings and alerts are kept and listed, and a mute past its reason is told of."
      act="Mute"
      fewest={10}
      busy={mute.isPending}
      error={mute.error}
      onAct={act}
      onClose={onClose}
    >
      <Field label="What the rule finds" required>
        {(control) => (
          <Select
            {...control}
            value={rule}
            onChange={setRule}
            options={alert.rules.map((one) => ({ value: one, label: titleOf(one) }))}
          />
        )}
      </Field>
      <Field label="About" required>
        {(control) => (
          <Select<Reach>
            {...control}
            value={reach}
            onChange={setReach}
            options={[
              { value: 'subject', label: `Only about ${subject}` },
              ...(actor === null ? [] : [{ value: 'actor' as const, label: `Only by ${actor}` }]),
              { value: 'all', label: 'All that this rule finds in the organisation' },
            ]}
          />
        )}
      </Field>
      <Field label="Until" required error={problem}>
        {(control) => (
          <Select<MuteSpan | 'own'>
            {...control}
            value={span}
            onChange={setSpan}
            options={[
              ...MUTE_SPANS.map((one) => ({ value: one.id, label: `For ${one.word}` })),
              { value: 'own', label: 'Until a time of my own' },
            ]}
          />
        )}
      </Field>
      {span === 'own' ? (
        <Field label={`End (${zone})`} required>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={own}
              onChange={(event) => setOwn(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </ReasonDialog>
  );
}
