import type { Risk } from '@/lib/kernel/words';
import { leadOf, type Outgoing, plainText, shortened } from './outgoing';

/** `short_description` of ServiceNow's task table holds 160 characters. */
const MAX_SHORT = 160;
const MAX_TEXT = 30_000;

/** ServiceNow makes the priority of impact and urgency; 1 is the gravest. */
const IMPACT: Readonly<Record<Risk, { readonly impact: 1 | 2 | 3; readonly urgency: 1 | 2 | 3 }>> = {
  critical: { impact: 1, urgency: 1 },
  high: { impact: 2, urgency: 1 },
  medium: { impact: 2, urgency: 2 },
  low: { impact: 3, urgency: 3 },
};

export type Incident = {
  readonly correlationId: string;
  readonly deliveryId: string;
  readonly shortDescription: string;
  readonly description: string;
  readonly note: string;
  readonly impact: 1 | 2 | 3;
  readonly urgency: 1 | 2 | 3;
};

/** The message as an incident, or as a note on the one that is open for the same matter. */
export function incidentReport(outgoing: Outgoing): Incident {
  const { message, deliveryId } = outgoing;
  const text = shortened(plainText(outgoing), MAX_TEXT);
  return {
    correlationId: message.correlationId.replace(/[^\w.-]/g, '-'),
    deliveryId,
    shortDescription: shortened(message.title, MAX_SHORT),
    description: text,
    note: `${leadOf(outgoing)}\n${text}`,
    ...IMPACT[message.severity],
  };
}
