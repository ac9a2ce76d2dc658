import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { appendSetting, newestSetting, type SettingOrigin } from '../store/setting-rows';

export type NewSetting = {
  readonly name: string;
  readonly orgId: string | null;
  readonly value: unknown;
  /** From when it holds; now when absent. It may lie in the past: a rule learned late still tells what was right then. */
  readonly validFrom?: Date;
  readonly origin: SettingOrigin;
};

/** Appends a version and journals old and new value; false, and nothing written, when the value is already the newest. */
export async function setSetting(
  sql: Sql,
  setting: NewSetting,
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<boolean> {
  // Two who set the same thing at once would each miss the other's version.
  await sql.query('select pg_advisory_xact_lock(hashtext($1))', [
    `setting:${setting.orgId ?? '-'}:${setting.name}`,
  ]);
  const before = await newestSetting(sql, setting);
  if (before && canonicalJson(before.value) === canonicalJson(setting.value)) return false;
  const validFrom = setting.validFrom ?? by.now;
  const id = await appendSetting(sql, { ...setting, validFrom, setBy: by.actor.name });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'setting.changed',
    objectType: 'setting',
    objectId: id,
    orgId: setting.orgId,
    detail: {
      name: setting.name,
      from: before?.value ?? null,
      to: setting.value,
      validFrom,
      origin: setting.origin,
    },
    at: by.now,
  });
  return true;
}
