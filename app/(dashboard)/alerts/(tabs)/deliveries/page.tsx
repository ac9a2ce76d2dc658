import type { Metadata } from 'next';
import { DeliveryList } from '@/components/alerts/deliveries/delivery-list';

export const metadata: Metadata = { title: 'Deliveries' };

export default function DeliveriesPage() {
  return <DeliveryList />;
}
