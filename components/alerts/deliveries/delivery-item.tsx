'use client';

import Link from 'next/link';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { keyed } from '@/components/ui/data/keyed';
import { Time } from '@/components/ui/data/time';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import { useScope } from '@/components/url/use-scope';
import type { DeliveryDto } from '@/lib/alerts/contract/deliveries';
import { ATTEMPT_WORDS, PURPOSE_WORDS } from '../words';
import { DeliveryMark } from './delivery-mark';

type DeliveryItemProps = {
  readonly delivery: DeliveryDto;
  /** Within its alert the title would only repeat the page's. */
  readonly within: 'alert' | 'list';
};

/** One message to one channel: what became of it, why, each attempt in words; a dead one can be tried again. */
export function DeliveryItem({ delivery, within }: DeliveryItemProps) {
  const { href } = useScope();
  return (
    <li className="py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <DeliveryMark state={delivery.state} />
        <span>
          <bdi>{delivery.channelName}</bdi>{' '}
          <span className="text-sm text-muted">· {PURPOSE_WORDS[delivery.purpose]}</span>
        </span>
        <span className="text-sm text-muted">
          <When delivery={delivery} />
        </span>
        <span className="ml-auto">
          <ReplayDelivery delivery={delivery} />
        </span>
      </div>
      {within === 'list' ? (
        <p dir="auto" className="mt-0.5">
          {delivery.alertId === null ? (
            delivery.title
          ) : (
            <Link className="door" href={href(`/alerts/${encodeURIComponent(delivery.alertId)}`)}>
              {delivery.title}
            </Link>
          )}
        </p>
      ) : null}
      {delivery.because === null ? null : (
        <p className={delivery.state === 'dead' ? 'mt-0.5 text-unlinked' : 'mt-0.5 text-muted'}>
          {delivery.because}
        </p>
      )}
      {delivery.receipt === null ? null : (
        <p className="mt-0.5 text-sm text-muted">
          The receiver gave{' '}
          {delivery.receipt.url === null ? (
            <span className="font-mono text-ink">{delivery.receipt.number}</span>
          ) : (
            <a href={delivery.receipt.url} target="_blank" rel="noreferrer" className="door font-mono">
              {delivery.receipt.number}
            </a>
          )}
        </p>
      )}
      <Attempts attempts={delivery.attempts} open={delivery.state === 'dead'} />
    </li>
  );
}

function When({ delivery }: { readonly delivery: DeliveryDto }) {
  if (delivery.deliveredAt !== null) return <Time at={delivery.deliveredAt} />;
  if ((delivery.state === 'waiting' || delivery.state === 'held') && delivery.nextAt !== null) {
    return (
      <>
        not before <Time at={delivery.nextAt} />
      </>
    );
  }
  return (
    <>
      planned <Time at={delivery.createdAt} />
    </>
  );
}

function Attempts({
  attempts,
  open,
}: {
  readonly attempts: DeliveryDto['attempts'];
  readonly open: boolean;
}) {
  if (attempts.length === 0) return null;
  return (
    <details open={open} className="mt-1">
      <summary className="min-h-6 text-sm text-muted hover:text-ink">
        {countOf(attempts.length, 'attempt')}
      </summary>
      <ol className="text-sm">
        {keyed(attempts, (attempt) => attempt.at).map(({ key, item }) => (
          <li key={key} className="flex flex-wrap gap-x-3">
            <Time at={item.at} className="text-muted" />
            <span>
              {ATTEMPT_WORDS[item.outcome]}
              {item.status === null ? '' : ` (answer ${item.status})`}
            </span>
            {item.because === null ? null : <span className="text-muted">{item.because}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function ReplayDelivery({ delivery }: { readonly delivery: DeliveryDto }) {
  const may = useMay('alerts.handle');
  const say = useNotice();
  const replay = useCommand<void, unknown>(
    () => ({
      method: 'POST',
      path: `/api/v1/deliveries/${encodeURIComponent(delivery.id)}/replay`,
      body: {},
    }),
    { onDone: () => say('It goes out again, under the same key') },
  );
  if (!may || delivery.state !== 'dead') return null;
  return (
    <>
      <Button
        size="small"
        busy={replay.isPending}
        onClick={() => replay.mutate()}
        aria-label={`Replay the delivery to ${delivery.channelName}`}
      >
        Replay
      </Button>
      {replay.isError ? <ErrorState doing="cannot replay the delivery" error={replay.error} /> : null}
    </>
  );
}
