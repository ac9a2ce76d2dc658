'use client';

import { BookOpen, Inbox, type LucideIcon, Mail, MessageSquare, Webhook } from 'lucide-react';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { Badge } from '@/components/ui/badge';
import { Time } from '@/components/ui/data/time';
import type { ChannelDto, ChannelKind } from '@/lib/alerts/contract/deliveries';
import type { Outcome } from '@/lib/kernel/words';
import { CHANNEL_KIND_WORDS } from '../words';
import { ChannelActions } from './channel-actions';
import { SHOWN_WORDS } from './channel-fields';

const ICONS = {
  inbox: Inbox,
  slack: MessageSquare,
  email: Mail,
  servicenow: BookOpen,
  webhook: Webhook,
} as const satisfies Record<ChannelKind, LucideIcon>;

/** What the environment sets says so in its name. */
const ORIGIN_WORDS = { settings: 'Added here', built_in: 'Built in' } as const;

/** One way to tell somebody: whether it works, what went through last, what failed last. */
export function ChannelItem({ channel }: { readonly channel: ChannelDto }) {
  const Icon = ICONS[channel.kind];
  const shown = Object.entries(channel.shown);
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Icon aria-hidden size={16} className="shrink-0 text-muted" />
        <bdi className="font-medium">{channel.name}</bdi>
        {channel.origin === 'settings' ? (
          <span className="text-sm text-muted">{CHANNEL_KIND_WORDS[channel.kind]}</span>
        ) : null}
        {channel.kind === 'inbox' ? (
          <span className="text-sm text-muted">Everybody’s own, on the bell above</span>
        ) : (
          <ChannelState channel={channel} />
        )}
        {channel.origin === 'environment' ? null : <Badge>{ORIGIN_WORDS[channel.origin]}</Badge>}
        <span className="ml-auto">
          <ChannelActions channel={channel} />
        </span>
      </div>
      {channel.because === null ? null : <p className="mt-1 text-late">{channel.because}</p>}
      <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-0.5 text-sm">
        {shown.map(([name, value]) => (
          <div key={name} className="flex gap-x-1.5">
            <dt className="text-muted">{SHOWN_WORDS[name] ?? name}</dt>
            <dd className="font-mono wrap-anywhere">{value}</dd>
          </div>
        ))}
        {channel.kind === 'inbox' ? null : (
          <div className="flex gap-x-1.5">
            <dt className="text-muted">Last delivered</dt>
            <dd>{channel.lastDeliveredAt === null ? 'never' : <Time at={channel.lastDeliveredAt} />}</dd>
          </div>
        )}
        {channel.lastFailure === null ? null : (
          <div className="flex flex-wrap gap-x-1.5">
            <dt className="text-muted">Last failure</dt>
            <dd>
              <Time at={channel.lastFailure.at} />{' '}
              <span className="text-unlinked">{channel.lastFailure.because}</span>
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function ChannelState({ channel }: { readonly channel: ChannelDto }) {
  const [outcome, word] = stateOf(channel);
  return <OutcomeMark outcome={outcome} word={word} />;
}

/** A channel that never delivered anything is not shown as fine: it was not tried. */
function stateOf(channel: ChannelDto): readonly [Outcome, string] {
  if (channel.state === 'incomplete') return ['fail', 'Incomplete'];
  if (channel.state === 'paused') return ['not_applicable', 'Paused'];
  const failed = channel.lastFailure?.at ?? '';
  const delivered = channel.lastDeliveredAt ?? '';
  if (failed === '' && delivered === '') return ['not_evaluated', 'Not tried yet'];
  return failed > delivered ? ['fail', 'Failed last'] : ['pass', 'Works'];
}
