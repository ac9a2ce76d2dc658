import { messageOf } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';
import { servicesGone } from '../model/record/detect-drift';
import { keepMapping, latestMapping, observe } from '../store/record/observations';
import type { CollectDeps } from './collect-audits';

/**
 * The names of the services the platform audits, read anew and kept when they changed; a service that disappeared is noted.
 * When the mapping cannot be read the last one known stands: the audit query tells soon enough what is wrong.
 */
export async function refreshMapping(
  deps: CollectDeps,
  orgId: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const before = await latestMapping(deps.db.sql, orgId, 'pull');
  try {
    const mapping = await deps.source.readServiceMapping(signal);
    const names = mapping.services.map((service) => service.name);
    await deps.db.transaction(async (sql) => {
      const isNew = await keepMapping(sql, {
        orgId,
        source: 'pull',
        services: mapping.services,
        fetchedAt: mapping.fetchedAt,
      });
      if (!isNew || before === null) return;
      const gone = servicesGone(
        before.services.map((service) => service.name),
        names,
      );
      await observe(
        sql,
        orgId,
        gone.map((one) => ({ ...one, example: null, path: 'pull', sourceId: null, pageId: null })),
        mapping.fetchedAt,
      );
    });
    return names;
  } catch (thrown) {
    log.warn({ room: 'changes', orgId, reason: messageOf(thrown) }, 'service mapping could not be read');
    return before?.services.map((service) => service.name) ?? [];
  }
}
