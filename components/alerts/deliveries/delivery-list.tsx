'use client';

import { useApi } from '@/components/api/use-api';
import { Chip } from '@/components/ui/chip';
import { formatCount, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Select } from '@/components/ui/select';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues, withCursor } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { AlertDelaysDto } from '@/lib/alerts/contract/alerts';
import {
  type ChannelDto,
  DELIVERY_STATES,
  type DeliveryDto,
  type DeliveryState,
} from '@/lib/alerts/contract/deliveries';
import type { Page } from '@/lib/kernel/paging';
import { CHANNELS_PATH, delaysPath, deliveriesPath } from '../paths';
import { DELIVERY_STATE_MEANINGS, DELIVERY_STATE_WORDS } from '../words';
import { DeliveryItem } from './delivery-item';

const EVERY_CHANNEL = 'every';
const OPEN = 'delivery';
/** What needs somebody comes first. */
const ORDER: readonly DeliveryState[] = ['dead', ...DELIVERY_STATES.filter((state) => state !== 'dead')];

/** Each message to each channel: delivered, waiting, held, dead or not sent, always with why. */
export function DeliveryList() {
  const scope = useScope();
  const { params, pathname, setParams } = scope;
  const cursor = params.get('cursor');
  const answer = useApi<Page<DeliveryDto>>(deliveriesPath(scope, params), {
    live: cursor === null,
    keep: true,
  });
  const channels = useApi<{ readonly items: readonly ChannelDto[] }>(CHANNELS_PATH).data?.items ?? [];
  const dead = useApi<AlertDelaysDto>(delaysPath(scope), { live: true, keep: true }).data?.deadDeliveries;
  const state = DELIVERY_STATES.find((one) => one === params.get('state'));
  const pageHref = (next: string | null) => addressOf(pathname, withCursor(params, OPEN, next));
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-1.5">
        <Chip pressed={state === undefined} onPress={() => setParams(setValues(params, OPEN, { state: [] }))}>
          All
        </Chip>
        {ORDER.map((one) => (
          <Chip
            key={one}
            pressed={state === one}
            title={DELIVERY_STATE_MEANINGS[one]}
            onPress={() => setParams(setValues(params, OPEN, { state: [one] }))}
          >
            {DELIVERY_STATE_WORDS[one]}
            {one === 'dead' && dead !== undefined ? (
              <span className={dead > 0 ? 'text-unlinked' : 'text-muted'}>{formatCount(dead)}</span>
            ) : null}
          </Chip>
        ))}
        <Select
          label="Channel"
          className="w-auto! max-w-64"
          value={params.get('channel') ?? EVERY_CHANNEL}
          onChange={(id) => setParams(setValues(params, OPEN, { channel: id === EVERY_CHANNEL ? [] : [id] }))}
          options={[
            { value: EVERY_CHANNEL, label: 'Every channel' },
            ...channels.map((channel) => ({ value: channel.id, label: channel.name })),
          ]}
        />
      </div>
      {answer.isError ? (
        <ErrorState
          doing="cannot show the deliveries"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the deliveries" />
      ) : answer.data.items.length === 0 ? (
        <EmptyState title={state === undefined ? 'Nothing was sent yet' : EMPTY[state]}>
          Each message is kept here before it is sent, so nothing is lost when a receiver or this product
          stands still.
        </EmptyState>
      ) : (
        <>
          <ul className="divide-y border-y">
            {answer.data.items.map((delivery) => (
              <DeliveryItem key={delivery.id} delivery={delivery} within="list" />
            ))}
          </ul>
          <Pagination
            shown={answer.data.items.length}
            unit={plural(answer.data.items.length, 'delivery')}
            nextLabel="Older"
            nextHref={answer.data.nextCursor === null ? null : pageHref(answer.data.nextCursor)}
            firstHref={cursor === null ? null : pageHref(null)}
          />
        </>
      )}
    </>
  );
}

const EMPTY = {
  dead: 'No delivery is dead',
  waiting: 'No delivery waits',
  held: 'No delivery is held back',
  delivered: 'Nothing was delivered yet',
  suppressed: 'Nothing was kept from being sent',
} as const satisfies Record<DeliveryState, string>;
