'use client';

import { delaysPath } from '@/components/alerts/paths';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { waitingPath } from '@/components/responses/paths';
import { useScope } from '@/components/url/use-scope';
import type { AlertDelaysDto, AlertDto } from '@/lib/alerts/contract/alerts';
import type { ResponseDto } from '@/lib/alerts/contract/responses';
import type { Page } from '@/lib/kernel/paging';
import { alertNeeds } from './alert-needs';
import { criticalAlertsPath } from './paths';

/** What waits because something was found, and which of it could not be looked at. */
export function useAlertNeeds() {
  const scope = useScope();
  const hydrated = useHydrated();
  const mayDecide = useMay('responses.decide');
  const mayAlerts = useMay('alerts.read');
  const waiting = useApi<Page<ResponseDto>>(mayDecide ? waitingPath(scope) : null, {
    live: true,
    keep: true,
  });
  const critical = useApi<Page<AlertDto>>(mayAlerts ? criticalAlertsPath(scope) : null, {
    live: true,
    keep: true,
  });
  const delays = useApi<AlertDelaysDto>(mayAlerts ? delaysPath(scope) : null, { keep: true });
  return {
    needs: alertNeeds({
      waiting: waiting.data,
      critical: critical.data,
      deadDeliveries: delays.data?.deadDeliveries,
      mayDecide,
      now: hydrated ? Date.now() : null,
    }),
    unread: [
      waiting.isError ? 'responses' : null,
      critical.isError ? 'alerts' : null,
      delays.isError ? 'deliveries' : null,
    ],
  };
}
