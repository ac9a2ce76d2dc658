import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';

export const SETTING_LEAF_KIND = 'setting_version';
export type SettingOrigin = 'person' | 'operator' | 'policy_file' | 'system';

export type SettingVersion = {
  readonly id: string;
  readonly orgId: string | null;
  readonly name: string;
  readonly value: unknown;
  /** In force from here until the next version's. */
  readonly validFrom: Date;
  readonly origin: SettingOrigin;
  readonly setBy: string;
  readonly receivedAt: Date;
};

const COLUMNS = `id, org_id as "orgId", name, value, valid_from as "validFrom", origin, set_by as "setBy", received_at as "receivedAt"`;

export async function appendSetting(
  sql: Sql,
  setting: Omit<SettingVersion, 'id' | 'receivedAt'>,
): Promise<string> {
  const receivedAt = new Date();
  const id = newId('setting', receivedAt);
  const { orgId, name, value, validFrom, origin, setBy } = setting;
  const body = canonicalJson({ id, orgId, name, value, validFrom, origin, setBy });
  const leaf = sealable({ kind: SETTING_LEAF_KIND, orgId, factId: id, receivedAt, bytes: body });
  await sql.query(
    `insert into setting_version (id, org_id, name, value, valid_from, origin, set_by, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      orgId,
      name,
      JSON.stringify(value),
      validFrom,
      origin,
      setBy,
      body,
      receivedAt,
      leaf.salt,
      leaf.leafHash,
    ],
  );
  return id;
}

/** The version in force at an instant: the organisation's own, or else the installation's. */
export async function settingAt(
  sql: Sql,
  which: { readonly name: string; readonly orgId: string | null; readonly at: Date },
): Promise<SettingVersion | null> {
  const rows = await sql.query<SettingVersion>(
    `select ${COLUMNS} from setting_version
     where name = $1 and (org_id is null or org_id = $2::uuid) and valid_from <= $3
     order by org_id nulls last, valid_from desc, id desc limit 1`,
    [which.name, which.orgId, which.at],
  );
  return rows[0] ?? null;
}

/** The newest version of exactly this place, in force or not yet. */
export async function newestSetting(
  sql: Sql,
  which: { readonly name: string; readonly orgId: string | null },
): Promise<SettingVersion | null> {
  const rows = await sql.query<SettingVersion>(
    `select ${COLUMNS} from setting_version where name = $1 and org_id is not distinct from $2::uuid
     order by valid_from desc, id desc limit 1`,
    [which.name, which.orgId],
  );
  return rows[0] ?? null;
}

/** Every version of one setting that an organisation was ever under, its own and the installation's, oldest first. */
export async function allVersions(
  sql: Sql,
  of: { readonly name: string; readonly orgId: string },
): Promise<SettingVersion[]> {
  return sql.query<SettingVersion>(
    `select ${COLUMNS} from setting_version where name = $1 and (org_id is null or org_id = $2::uuid) order by valid_from, id`,
    [of.name, of.orgId],
  );
}

/** Every version, newest first; the caller may see only what row security shows. */
export async function listSettings(
  sql: Sql,
  of: { readonly prefix?: string; readonly limit: number },
): Promise<SettingVersion[]> {
  return sql.query<SettingVersion>(
    `select ${COLUMNS} from setting_version where starts_with(name, $1) order by valid_from desc, id desc limit $2`,
    [of.prefix ?? '', of.limit],
  );
}
