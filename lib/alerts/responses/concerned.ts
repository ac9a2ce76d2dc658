import { can } from '@/lib/auth/can';
import { findUser } from '@/lib/auth/store/user-rows';
import type { Viewer } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { addressesOf } from '@/lib/directory/addresses-of';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import type { Concerned, Decider } from '../model/response/may-decide';
import type { Response } from '../model/response/response';

/** Whom a response is about: people of the platform by their addresses, the maker of an OAuth client among them. */
export async function concernedBy(
  sql: Sql,
  response: Pick<Response, 'orgId' | 'target'>,
  finding: Pick<KeptFinding, 'actor' | 'subject'> | null,
): Promise<Concerned> {
  const actorId = finding?.actor?.id ?? null;
  const subjectId = finding?.subject.id ?? null;
  const ids = [response.target.id, actorId, subjectId].flatMap((id) => (id === null ? [] : [id]));
  const found = await addressesOf(sql, response.orgId, ids);
  const of = (id: string | null) => (id === null ? [] : (found.get(id) ?? []));
  return { target: new Set([...of(response.target.id), ...of(subjectId)]), actor: new Set(of(actorId)) };
}

/** The viewer as one who decides, with the address the platform may know them by. */
export async function deciderOf(sql: Sql, viewer: Viewer, orgId: string): Promise<Decider> {
  const user = viewer.kind === 'person' ? await findUser(sql, viewer.id) : null;
  return {
    kind: viewer.kind,
    id: viewer.kind === 'operator' ? null : viewer.id,
    name: viewer.name,
    mayDecide: can(viewer, 'responses.decide', { orgId }),
    address: user?.email.toLowerCase() ?? null,
  };
}
