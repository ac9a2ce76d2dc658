import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import { sessionsById } from '@/lib/sessions/store/read/session-list';
import { toSessionDtos } from '@/lib/sessions/views/session-dto';
import type { ChangeDto } from '../../contract';
import type { TimelineMarkDto } from '../../contract/timeline';
import type { ComposedMark } from '../../model/timeline/marks';
import { listChanges } from '../../store/read/change-rows';
import { toDtos } from '../list-changes';

/** Marks with what is told of each when it is pointed at. */
export async function toMarkDtos(sql: Sql, marks: readonly ComposedMark[]): Promise<TimelineMarkDto[]> {
  const leads = new Map(marks.map(({ lead }) => [`${lead.orgId} ${lead.id}`, lead]));
  const changes = await changesAt(sql, [...leads.values()]);
  const sessions = await sessionsOf(
    sql,
    marks.flatMap((mark) => mark.session ?? []),
  );
  return marks.flatMap((mark) => {
    const change = changes.get(`${mark.lead.orgId} ${mark.lead.id}`);
    if (change === undefined) return [];
    const session = mark.session === null ? undefined : sessions.get(`${mark.lead.orgId} ${mark.session}`);
    return {
      key: mark.key,
      kind: mark.kind,
      lane: mark.lane,
      at: toIso(new Date(mark.at)),
      until: toIso(new Date(mark.until)),
      action: mark.action,
      risk: mark.risk,
      count: mark.count,
      size: mark.size,
      session: session ?? null,
      change: toldOf(change),
    };
  });
}

function toldOf(change: ChangeDto): TimelineMarkDto['change'] {
  return {
    id: change.id,
    eventDate: change.eventDate,
    sentence: change.sentence,
    actor: { kind: change.actor.kind, name: change.actor.name },
    service: change.service,
    entityType: change.entityType,
    linkage: change.linkage.status,
    planning: change.planning,
    reference: change.linkage.links[0]?.reference ?? null,
    remoteIp: change.remoteIp[0] ?? null,
  };
}

/** Changes by place, under `<org> <id>`. */
async function changesAt(
  sql: Sql,
  places: readonly { readonly orgId: string; readonly id: string; readonly at: number }[],
): Promise<Map<string, ChangeDto>> {
  if (places.length === 0) return new Map();
  const where = {
    sql: '(c.event_date, c.id, c.org_id) in (select * from unnest($1::timestamptz[], $2::text[], $3::uuid[]))',
    values: [
      places.map((one) => new Date(one.at)),
      places.map((one) => one.id),
      places.map((one) => one.orgId),
    ],
  };
  const rows = await listChanges(sql, where, { after: null, sort: 'oldest', limit: places.length });
  return new Map((await toDtos(sql, rows)).map((change) => [`${change.orgId} ${change.id}`, change]));
}

async function sessionsOf(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, NonNullable<TimelineMarkDto['session']>>> {
  if (ids.length === 0) return new Map();
  const rows = await sessionsById(sql, [...new Set(ids)]);
  const told = await toSessionDtos(sql, rows, { parts: 1, surfaced: 1 });
  return new Map(
    told.map(({ id, orgId, sentence, changes }) => [`${orgId} ${id}`, { id, sentence, changes }]),
  );
}
