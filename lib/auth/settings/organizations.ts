import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { orgId } from '@/lib/kernel/ids';
import {
  findOrganization,
  type Organization,
  setOrganizationState,
  upsertOrganization,
} from '../store/org-rows';
import { setSourceOrg } from '../store/source-rows';

type By = { readonly actor: JournalActor; readonly now: Date };

/**
 * Notes what the platform said about the organisation a Genesys source belongs to: its row is made at first contact and
 * named anew when it was renamed; both are journaled. `region` is the source's region or gateway. For the pipeline.
 */
export async function noteOrganization(
  sql: Sql,
  seen: {
    readonly id: string;
    readonly name: string;
    readonly domain: string | null;
    readonly region: string;
    /** The source it was seen through. */
    readonly sourceId: string;
  },
  by: By,
): Promise<Organization> {
  const id = orgId(seen.id);
  const before = await findOrganization(sql, id);
  if (!seen.sourceId.startsWith('env_')) await setSourceOrg(sql, { id: seen.sourceId, orgId: id });
  const same = before?.name === seen.name && before.domain === seen.domain && before.region === seen.region;
  if (before && same) return before;
  await upsertOrganization(sql, {
    id,
    name: seen.name,
    domain: seen.domain,
    region: seen.region,
    now: by.now,
  });
  await appendJournal(sql, {
    actor: by.actor,
    action: before ? 'organization.renamed' : 'organization.connected',
    objectType: 'organization',
    objectId: id,
    orgId: id,
    detail: { from: before?.name ?? null, name: seen.name, region: seen.region, sourceId: seen.sourceId },
    at: by.now,
  });
  const after = await findOrganization(sql, id);
  if (!after) throw requestError('not_found', 'cannot note the organisation: its row vanished');
  return after;
}

/** Pauses or resumes the collection of an organisation; journaled. Throws `not_found`. */
export async function changeOrganizationState(
  sql: Sql,
  change: { readonly id: string; readonly state: Organization['state'] },
  by: By,
): Promise<Organization> {
  const before = await findOrganization(sql, change.id);
  if (!before) throw requestError('not_found', 'cannot change the organisation: there is none with this id');
  await setOrganizationState(sql, change);
  await appendJournal(sql, {
    actor: by.actor,
    action: change.state === 'paused' ? 'organization.paused' : 'organization.resumed',
    objectType: 'organization',
    objectId: before.id,
    orgId: before.id,
    detail: { from: before.state, to: change.state },
    at: by.now,
  });
  return { ...before, state: change.state };
}
