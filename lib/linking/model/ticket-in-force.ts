import { approvalsStandingAt, statusAt, type Ticket } from '@/lib/connectors/model/ticket';
import { contains } from '@/lib/kernel/instant';

const IMPLEMENT = 'implement';

/**
 * Whether a change request was in force at the instant: approved (by now) with a window that contains it, or in state Implement.
 * Only then may its configuration item alone speak for a change.
 */
export function isInForce(ticket: Ticket, at: Date, now: Date): boolean {
  if (statusAt(ticket, at)?.trim().toLowerCase() === IMPLEMENT) return true;
  return ticket.window !== null && contains(ticket.window, at) && approvalsStandingAt(ticket, now).length > 0;
}
