import { formatClockTo } from '@/components/responses/clock';
import { countOf } from '@/components/ui/data/format';
import type { AlertDto } from '@/lib/alerts/contract/alerts';
import type { ResponseDto } from '@/lib/alerts/contract/responses';
import type { Page } from '@/lib/kernel/paging';
import type { Need } from './needs';

export type AlertNeedsInput = {
  /** Responses that wait for an approval. */
  readonly waiting: Page<ResponseDto> | undefined;
  /** Open critical alerts, whatever the period of the page. */
  readonly critical: Page<AlertDto> | undefined;
  readonly deadDeliveries: number | undefined;
  readonly mayDecide: boolean;
  /** Null before the page came alive: then no clock is shown. */
  readonly now: number | null;
};

/** What waits because something was found: approvals with their clock, grave alerts nobody took, messages nobody got. */
export function alertNeeds({
  waiting,
  critical,
  deadDeliveries,
  mayDecide,
  now,
}: AlertNeedsInput): readonly Need[] {
  const needs: Need[] = [];
  const approvals = waiting?.items ?? [];
  if (approvals.length > 0 && mayDecide) {
    const first = [...approvals].sort((a, b) => (a.expiresAt ?? '9').localeCompare(b.expiresAt ?? '9'))[0];
    needs.push({
      id: 'approvals',
      text: approvals.length === 1 ? '1 approval waits' : `${approvals.length} approvals wait`,
      why: [first?.sentence, clockOf(first, now)].filter((part) => part !== undefined).join(' · '),
      tone: 'bad',
      path: approvals.length === 1 && first !== undefined ? `/responses/${first.id}` : '/responses',
      query: {},
    });
  }
  const open = critical?.items ?? [];
  if (open.length > 0) {
    const count = countOf(open.length, 'critical alert');
    needs.push({
      id: 'critical-alerts',
      text: `${critical?.nextCursor == null ? count : `More than ${count}`} nobody took`,
      why: open[0]?.title ?? '',
      tone: 'bad',
      path: '/alerts',
      query: { state: 'open', severity: 'critical' },
    });
  }
  if (deadDeliveries !== undefined && deadDeliveries > 0) {
    needs.push({
      id: 'dead-deliveries',
      text: `${countOf(deadDeliveries, 'message')} reached nobody`,
      why: 'The receiver refused or could not be reached; each says why and can be replayed.',
      tone: 'warn',
      path: '/alerts/deliveries',
      query: { state: 'dead' },
    });
  }
  return needs;
}

function clockOf(response: ResponseDto | undefined, now: number | null): string | undefined {
  if (response?.expiresAt == null || now === null) return undefined;
  return `${formatClockTo(Date.parse(response.expiresAt) - now)} left`;
}
