import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { messageOf } from '@/lib/kernel/errors';
import { isUuid } from '@/lib/kernel/ids';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type DirectoryItem, describeItem } from './model/item/describe-item';
import { isWithinReach, nextLookUp } from './model/plan-lookup';
import { headExists } from './store/heads';
import { type DueLookUp, loadDue, noteLookUp, type WantedName, wantNames } from './store/lookups';
import { insertVersions } from './store/version-rows';
import { lockKind } from './store/write-lock';

/** One object as the platform has it now, or null when it knows none by this id. Throws when it could not be asked. */
export type AskPlatform = (kind: DirectoryKind, id: string) => Promise<DirectoryItem | null>;

export type LookUpResult = { readonly found: number; readonly waiting: number; readonly unresolved: number };

/**
 * Notes ids whose names are unresolved, to be asked for at the platform. Events too old for an answer to name them are left
 * out: they stay unresolved. The event itself is never touched.
 */
export async function wantLookUps(
  sql: Sql,
  input: { readonly orgId: string; readonly wanted: readonly WantedName[]; readonly now: Date },
): Promise<number> {
  const wanted = input.wanted.filter((one) => isUuid(one.id) && isWithinReach(one.at, input.now));
  if (wanted.length > 0) await wantNames(sql, input.orgId, wanted, input.now);
  return wanted.length;
}

/**
 * Asks for the ids that are due and keeps what was answered as looked-up versions, valid from the moment of asking. A failed
 * or empty answer leaves the id unresolved and is tried again, until an answer would come too late for the event.
 */
export async function lookUpNames(
  db: Database,
  input: {
    readonly orgId: string;
    readonly ask: AskPlatform;
    readonly now: () => Date;
    readonly limit?: number;
  },
): Promise<LookUpResult> {
  const { orgId, ask, now, limit = 50 } = input;
  const result = { found: 0, waiting: 0, unresolved: 0 };
  for (const due of await loadDue(db.sql, orgId, now(), limit)) {
    const answer = await askOnce(ask, due);
    const askedAt = now();
    const nextAt = answer.item === null ? nextLookUp(due.at, due.attempts + 1, askedAt) : null;
    await db.transaction(async (sql) => {
      if (answer.item !== null) await keep(sql, { orgId, due, item: answer.item, askedAt });
      const found = answer.item !== null;
      await noteLookUp(sql, orgId, { ...due, now: askedAt, found, because: answer.because, nextAt });
    });
    result[answer.item !== null ? 'found' : nextAt === null ? 'unresolved' : 'waiting']++;
  }
  return result;
}

async function askOnce(
  ask: AskPlatform,
  due: DueLookUp,
): Promise<{ item: DirectoryItem | null; because: string | null }> {
  try {
    const item = await ask(due.kind, due.id);
    return { item, because: item === null ? 'the platform knows nothing by this id' : null };
  } catch (error) {
    return { item: null, because: messageOf(error) };
  }
}

async function keep(
  sql: Sql,
  answer: { orgId: string; due: DueLookUp; item: DirectoryItem; askedAt: Date },
): Promise<void> {
  const { orgId, due, askedAt } = answer;
  const described = describeItem(due.kind, { ...answer.item, id: due.id });
  if (described === null) return;
  await lockKind(sql, orgId, due.kind);
  // A snapshot or record that came first says more than an answer of this moment.
  if (await headExists(sql, { orgId, kind: due.kind, id: due.id })) return;
  const { content, state, name, divisionId, parentId, entityId } = described;
  await insertVersions(sql, {
    orgId,
    receivedAt: askedAt,
    versions: [
      {
        kind: due.kind,
        entityId,
        validFrom: askedAt,
        seq: 0,
        state,
        name,
        divisionId,
        parentId,
        provenance: 'lookup',
        snapshotId: null,
        changeId: null,
        toldBy: null,
        content,
      },
    ],
  });
}
