import { known, notEvaluated } from '@/lib/kernel/outcome';
import { isConnectorError } from '../../errors';
import { retryingFetch } from '../../http/retrying-fetch';
import { basicAuthorization, siteUrl } from '../../http/site';
import type { ScheduleEntry } from '../../model/schedule';
import type { ScheduleSource } from '../../schedule-source';
import { entryOf, spanSchema } from './read-span';
import { tableReader } from './read-table';
import type { ServiceNowOptions } from './servicenow';

/**
 * The maintenance and blackout schedules of a ServiceNow instance: entries (`cmn_schedule_span`) of schedules (`cmn_schedule`) of these
 * types. Needs read access to both tables. Throws `bad_settings` when its address is none.
 */
export function serviceNowSchedules(options: ServiceNowOptions): ScheduleSource {
  const site = siteUrl(options.baseUrl, 'ServiceNow');
  const read = tableReader({
    site,
    send: options.fetch ?? retryingFetch(),
    headers: {
      authorization: basicAuthorization(options.user, options.password),
      accept: 'application/json',
    },
  });
  return {
    async readSchedules() {
      try {
        const spans = await read(
          {
            name: 'cmn_schedule_span',
            encoded: 'schedule.typeINmaintenance,blackout^ORDERBYsys_id',
            fields: Object.keys(spanSchema.shape).join(','),
            what: 'ServiceNow change schedules',
          },
          spanSchema,
          [],
        );
        const entries: ScheduleEntry[] = [];
        const notRead: string[] = [];
        for (const span of spans) {
          const entry = entryOf(span, site);
          if ('problem' in entry) notRead.push(entry.problem);
          else entries.push(entry);
        }
        return known({ entries, notRead });
      } catch (thrown) {
        if (!isConnectorError(thrown)) throw thrown;
        return notEvaluated(thrown.message);
      }
    },
  };
}
