import { randomUUID } from 'node:crypto';
import { addMs } from '@/lib/kernel/instant';
import { claimOne } from '../store/delivery-work';
import { CLAIM_MS } from './claim-deliveries';
import type { DeliveryDeps } from './deps';
import { tryDelivery } from './try-delivery';

/** Sends this one delivery now, also where its channel is paused or left alone: somebody waits for the answer. False when another worker has it. */
export async function deliverNow(
  deps: DeliveryDeps,
  of: { readonly id: string; readonly now: Date },
): Promise<boolean> {
  const began = performance.now();
  const token = randomUUID();
  const claim = { token, now: of.now, until: addMs(of.now, CLAIM_MS) };
  const claimed = await claimOne(deps.db.sql, claim, of.id);
  if (claimed === null) return false;
  const clock = () => addMs(of.now, Math.floor(performance.now() - began));
  return (await tryDelivery(deps, claimed, { token, clock })) !== null;
}
