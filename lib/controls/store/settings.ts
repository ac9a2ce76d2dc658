import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { SETTING_FACT } from '../model/run';
import type { ControlSetting, SettingKind } from '../model/setting';

const COLUMNS = `id, control_id as "controlId", what, value, effective_from as "effectiveFrom", expires_at as "expiresAt", reason,
  set_by_id as "setById", set_by as "setBy", received_at as "receivedAt"`;

/** Appends a version of a setting. Throws where the table's checks refuse it, such as not applicable without an end. */
export async function appendControlSetting(
  sql: Sql,
  orgId: string,
  setting: Omit<ControlSetting, 'id'>,
): Promise<string> {
  const { receivedAt } = setting;
  const id = newId('controlSetting', receivedAt);
  const body = canonicalJson({ ...setting, id, orgId });
  const leaf = sealable({ kind: SETTING_FACT, orgId, factId: id, receivedAt, bytes: body });
  await sql.query(
    `insert into control_setting_version (id, org_id, control_id, what, value, effective_from, expires_at, reason, set_by_id, set_by, body,
       received_at, salt, leaf_hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      orgId,
      setting.controlId,
      setting.what,
      JSON.stringify(setting.value),
      setting.effectiveFrom,
      setting.expiresAt,
      setting.reason,
      setting.setById,
      setting.setBy,
      body,
      receivedAt,
      leaf.salt,
      leaf.leafHash,
    ],
  );
  return id;
}

/** Every setting of an organisation's controls in force at an instant, one per control and kind. */
export async function settingsAt(sql: Sql, orgId: string, at: Date): Promise<ControlSetting[]> {
  return sql.query<ControlSetting>(
    `select distinct on (control_id, what) ${COLUMNS} from control_setting_version where org_id = $1 and effective_from <= $2
     order by control_id, what, effective_from desc, id desc`,
    [orgId, at],
  );
}

/** Every version ever set of one control (null: of the schedule), the newest first. */
export async function settingHistory(
  sql: Sql,
  of: { readonly orgId: string; readonly controlId: string | null; readonly what?: SettingKind },
): Promise<ControlSetting[]> {
  return sql.query<ControlSetting>(
    `select ${COLUMNS} from control_setting_version where org_id = $1 and control_id is not distinct from $2 and ($3::text is null or what = $3)
     order by effective_from desc, id desc`,
    [of.orgId, of.controlId, of.what ?? null],
  );
}
