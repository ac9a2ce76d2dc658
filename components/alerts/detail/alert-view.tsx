'use client';

import type { ReactNode } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useApi } from '@/components/api/use-api';
import { Section } from '@/components/change-detail/section';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { PartialNote } from '@/components/ui/state/partial-note';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { AlertDetailDto } from '@/lib/alerts/contract/alerts';
import { DeliveryItem } from '../deliveries/delivery-item';
import { alertPath } from '../paths';
import { AlertActions } from './alert-actions';
import { AlertHead } from './alert-head';
import { AlertResponses } from './alert-responses';
import { FindingItem } from './finding-item';
import { HistoryList } from './history-list';

type AlertViewProps = {
  readonly id: string;
  readonly level: 'page' | 'sheet';
  readonly toolbar?: ReactNode;
};

/** One alert with everything behind it: what was found, what to do, who was told, and what was done about it. */
export function AlertView({ id, level, toolbar }: AlertViewProps) {
  const answer = useApi<AlertDetailDto>(alertPath(id), { live: true });
  if (answer.isError) {
    const gone = answer.error instanceof ApiError && answer.error.status === 404;
    return (
      <div className={level === 'sheet' ? 'p-5' : undefined}>
        {toolbar}
        {gone ? (
          <EmptyState title="No alert with this id">
            Searched: <span className="font-mono wrap-anywhere">{id}</span> in the organisations you may see.
          </EmptyState>
        ) : (
          <ErrorState
            doing="cannot show the alert"
            error={answer.error}
            onRetry={() => void answer.refetch()}
          />
        )}
      </div>
    );
  }
  return (
    <article className={level === 'sheet' ? 'p-5 pb-16' : undefined}>
      {toolbar}
      {answer.data === undefined ? (
        <SkeletonRows rows={10} label="Reading the alert" />
      ) : (
        <AlertBody alert={answer.data} level={level} />
      )}
    </article>
  );
}

function AlertBody({ alert, level }: { readonly alert: AlertDetailDto; readonly level: 'page' | 'sheet' }) {
  return (
    <>
      <AlertHead alert={alert} level={level} />
      <AlertActions alert={alert} />
      {alert.notSent === null ? null : <PartialNote>Nobody was told: {alert.notSent}</PartialNote>}
      {level === 'page' ? <h2 className="sr-only">The alert in full</h2> : null}
      <Section title="What was found">
        <ul className="divide-y border-y">
          {alert.items.map((item) => (
            <FindingItem key={item.id} item={item} />
          ))}
        </ul>
      </Section>
      {alert.runbook === null ? null : (
        <Section title="What to do">
          <p className="max-w-160 whitespace-pre-line">{alert.runbook}</p>
        </Section>
      )}
      <AlertResponses alert={alert} />
      <Section title="Who was told">
        {alert.deliveryList.length === 0 ? (
          <p className="text-muted">No delivery was planned for this alert.</p>
        ) : (
          <ul className="divide-y border-y">
            {alert.deliveryList.map((delivery) => (
              <DeliveryItem key={delivery.id} delivery={delivery} within="alert" />
            ))}
          </ul>
        )}
      </Section>
      <Section title="History">
        <HistoryList entries={alert.history} />
      </Section>
    </>
  );
}
