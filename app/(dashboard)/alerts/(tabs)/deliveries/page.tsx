import type { Metadata } from 'next';
import { DeliveryList } from '@/components/alerts/deliveries/delivery-list';
import { CHANNELS_PATH, deliveriesPath } from '@/components/alerts/paths';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { deliveryListSchema } from '@/lib/alerts/contract/deliveries';
import { viewChannels } from '@/lib/alerts/views/channels';
import { viewDeliveries } from '@/lib/alerts/views/deliveries';
import type { PageProps } from '../../../page-props';
import { signedIn } from '../../../person';
import { Prefetched } from '../../../prefetched';

export const metadata: Metadata = { title: 'Deliveries' };

export default async function DeliveriesPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  return (
    <Prefetched
      reads={[
        {
          path: deliveriesPath(scope, params),
          answer: (query) => viewDeliveries(viewer, deliveryListSchema.parse(query)),
        },
        { path: CHANNELS_PATH, answer: () => viewChannels(viewer, {}) },
      ]}
    >
      <DeliveryList />
    </Prefetched>
  );
}
