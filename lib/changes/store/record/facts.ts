import type { Sql } from '@/lib/db/sql';
import { NORMALISER_VERSION, type NormalisedChange } from '../../model/record/change';

type Facts = Pick<
  NormalisedChange,
  | 'eventDate'
  | 'service'
  | 'entityType'
  | 'action'
  | 'level'
  | 'actorId'
  | 'actorName'
  | 'userId'
  | 'clientId'
  | 'userHomeOrgId'
  | 'entityId'
  | 'entityName'
  | 'remoteIp'
  | 'application'
  | 'message'
  | 'context'
  | 'propertyChanges'
  | 'citableText'
  | 'unknownFields'
>;

/** The facts of one change as its row has them. */
export async function factsOf(
  sql: Sql,
  orgId: string,
  id: string,
): Promise<{ readonly change: Facts; readonly receivedAt: Date; readonly isThisVersion: boolean } | null> {
  const rows = await sql.query<Facts & { receivedAt: Date; version: number }>(
    `select c.event_date as "eventDate", c.service, c.entity_type as "entityType", c.action, c.level, c.actor_id as "actorId", c.actor_name as "actorName", c.user_id as "userId",
       c.client_id as "clientId", c.user_home_org_id as "userHomeOrgId", c.entity_id as "entityId", c.entity_name as "entityName", c.remote_ip as "remoteIp", c.application,
       c.message, c.context, c.property_changes as "propertyChanges", c.citable_text as "citableText", c.unknown_fields as "unknownFields", c.received_at as "receivedAt",
       c.normaliser_version as version
     from raw_event r join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id where r.org_id = $1 and r.source_id = $2`,
    [orgId, id],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { receivedAt, version, ...change } = row;
  return { change, receivedAt, isThisVersion: version === NORMALISER_VERSION };
}
