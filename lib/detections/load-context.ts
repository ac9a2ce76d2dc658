import { clientsMadeBetween } from '@/lib/changes/acts-of-hours';
import type { Sql } from '@/lib/db/sql';
import { integrationTypes } from '@/lib/directory/integration-types';
import { knownClients } from '@/lib/directory/known-clients';
import { privilegedRolesAt } from '@/lib/directory/policy-at';
import { calendarAt } from '@/lib/directory/windows/calendar-at';
import { addMs, HOUR_MS } from '@/lib/kernel/instant';
import type { RuleContext } from './model/subject';

/** What rules may ask about the changes of these hours. Requires hours in order, at least one. */
export async function loadContext(
  sql: Sql,
  of: { readonly orgId: string; readonly hours: readonly Date[] },
): Promise<RuleContext> {
  const { orgId, hours } = of;
  const first = hours[0] ?? new Date(0);
  const last = hours.at(-1) ?? first;
  const made = await clientsMadeBetween(sql, {
    orgId,
    from: addMs(first, -HOUR_MS),
    to: addMs(last, HOUR_MS),
  });
  const clients = await knownClients(sql, orgId);
  const types = await integrationTypes(sql, orgId);
  // As of the end of the batch, which is at most a day long: what is privileged changes with a policy, seldom and on purpose.
  const privileged = await privilegedRolesAt(sql, orgId, addMs(last, HOUR_MS));
  const calendar = await calendarAt(sql, orgId);
  return {
    openWindows: (change) => {
      if (!calendar.hasAny('window', change.at)) return null;
      const place = { ...change, entityId: change.entity.id };
      return calendar.about('window', place).map(({ window }) => window.name);
    },
    isPrivilegedRole: (id) => privileged.has(id),
    ownerOf: (id) => clients.get(id)?.createdBy ?? null,
    integrationTypeOf: (id) => types.get(id) ?? null,
    awaitsLinks: () => false,
    clientsMadeWithinHour: ({ actor, at }) =>
      made.filter((one) => one.actorId === actor.id && one.at <= at && one.at > addMs(at, -HOUR_MS)).length,
  };
}
