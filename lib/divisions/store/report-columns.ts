import { reviewState, WHY } from './move-filter';
import { LINKAGE_NOW } from './move-rows';

/** What the report says where nothing asked for a move: its absence must be seen. */
export const NO_REASON = 'no reason found';

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;
const instant = (column: string) => `to_char(${column} at time zone 'UTC', ${ISO})`;
const division = (side: 'from' | 'to') =>
  `coalesce(m.${side}_name, m.${side}_id || ' (unresolved)', 'no division told')`;
const yesNo = (condition: string) =>
  `case ${condition} when true then 'yes' when false then 'no' else 'not evaluated' end`;

/**
 * Each column of the report as SQL over `MOVES_READ`; the first six are the customer's, in their words. `now` names the instant
 * at which a review is overdue.
 */
export function reportColumns(now: string): Readonly<Record<string, string>> {
  return {
    timestamp: instant('m.at'),
    adminUser: `coalesce(m.actor_name, m.actor_id, case when m.change_id is null then 'unknown: no audit record' else 'unknown' end)`,
    targetResource: `m.target_type || ' ' || coalesce(m.target_name, m.target_id)`,
    sourceDivisionName: division('from'),
    targetDivisionName: division('to'),
    clientIp: 'm.client_ip',
    why: `coalesce(${WHY}, '${NO_REASON}')`,
    linkage: LINKAGE_NOW,
    selfMove: `case m.self_move_by when 'direct' then 'yes' when 'own_client' then 'yes, through an OAuth client of theirs' else 'no' end`,
    direction: `replace(m.direction, '_', ' ')`,
    boundaryCross: yesNo('m.boundary_cross'),
    sourceRegion: 'm.from_region',
    targetRegion: 'm.to_region',
    restricted: yesNo('m.restricted'),
    targetSensitivity: `replace(m.to_sensitivity, '_', ' ')`,
    clientIpFlags: `(select string_agg(n ->> 'because', '; ') from jsonb_array_elements(m.address_notes) n)`,
    clientIpNotEvaluated: 'm.address_not_evaluated',
    review: `replace(${reviewState(now)}, '_', ' ')`,
    reviewDueAt: instant('m.review_due_at'),
    reviewedAt: instant('r.decided_at'),
    reviewer: 'r.reviewer',
    reviewComment: 'r.comment',
    risk: `(array['low', 'medium', 'high', 'critical'])[coalesce(c.risk, 3)]`,
    source: 'm.source',
    provisional: `case when c.id is not null and c.confirmed_at is null then 'yes' else 'no' end`,
    happenedAfter: instant('m.within_from'),
    receivedAt: instant('m.received_at'),
    adminUserId: 'm.actor_id',
    actorKind: 'm.actor_kind',
    clientId: 'm.client_id',
    clientName: 'm.client_name',
    targetType: 'm.target_type',
    targetId: 'm.target_id',
    sourceDivisionId: 'm.from_id',
    sourceDivisionNameFrom: `replace(m.from_name_from, '_', ' ')`,
    targetDivisionId: 'm.to_id',
    targetDivisionNameFrom: `replace(m.to_name_from, '_', ' ')`,
    sessionId: 'c.session_id',
    changeId: 'm.change_id',
    organization: 'm.org_id',
    id: 'm.id',
  };
}

/** What JSON lines keep in their own shape. */
export const REPORT_JSON: Readonly<Record<string, string>> = {
  why: WHY,
  selfMove: 'm.self_move_by is not null',
  boundaryCross: 'm.boundary_cross',
  restricted: 'm.restricted',
  targetResource: `json_build_object('type', m.target_type, 'id', m.target_id, 'name', m.target_name)`,
  clientIpFlags: 'm.address_notes',
  provisional: 'c.id is not null and c.confirmed_at is null',
};
