/** Each column of an export as SQL over `change c`; lists and pairs of values as one text. */
const JOINED_OLD = `(select string_agg(case when jsonb_array_length(c.property_changes) > 1 then (p ->> 'property') || ': ' else '' end || coalesce((select string_agg(v, ', ') from jsonb_array_elements_text(p -> 'oldValues') v), ''), e'\\n' order by n) from jsonb_array_elements(c.property_changes) with ordinality as x (p, n))`;
const JOINED_NEW = JOINED_OLD.replace("'oldValues'", "'newValues'");

export const EXPORT_COLUMNS = {
  timestamp: `to_char(c.event_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  admin_user: 'coalesce(c.actor_label, c.actor_id)',
  admin_user_id: 'c.actor_id',
  actor_kind: 'c.actor_kind',
  action: 'c.action',
  service: 'c.service',
  entity_type: 'c.entity_type',
  entity: 'coalesce(c.entity_label, c.entity_id)',
  entity_id: 'c.entity_id',
  property: `(select string_agg(p ->> 'property', e'\\n' order by n) from jsonb_array_elements(c.property_changes) with ordinality as x (p, n))`,
  old_value: JOINED_OLD,
  new_value: JOINED_NEW,
  remote_ip: `array_to_string(c.remote_ip, ', ')`,
  risk: `(array['low', 'medium', 'high', 'critical'])[c.risk]`,
  risk_reasons: `array_to_string(c.risk_reasons, '; ')`,
  risk_rules: `array_to_string(c.risk_rules, '; ')`,
  linkage: 'c.linkage',
  linkage_reason: 'c.linkage_reason',
  planning: 'c.planning',
  accountable: 'c.accountable',
  excluded: 'c.excluded_reason',
  level: 'c.level',
  status: 'c.status',
  source: 'c.source',
  provisional: 'c.confirmed_at is null',
  client_id: 'c.client_id',
  session: 'c.session_id',
  division: 'c.division_id',
  team: 'c.team',
  bypass: 'c.bypass',
  message: 'c.message',
  received_at: `to_char(c.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  organization: 'c.org_id',
  id: 'c.id',
} as const;
export type ExportColumn = keyof typeof EXPORT_COLUMNS;

/** What an export holds when no columns are chosen. */
export const DEFAULT_EXPORT_COLUMNS: readonly ExportColumn[] = [
  'timestamp',
  'admin_user',
  'actor_kind',
  'action',
  'service',
  'entity_type',
  'entity',
  'entity_id',
  'property',
  'old_value',
  'new_value',
  'remote_ip',
  'risk',
  'linkage',
  'planning',
  'id',
];

/** Values of JSONL keep their shape: lists stay lists, nothing is joined. */
export const JSONL_COLUMNS: Readonly<Partial<Record<ExportColumn, string>>> = {
  property: `(select coalesce(jsonb_agg(p ->> 'property' order by n), '[]') from jsonb_array_elements(c.property_changes) with ordinality as x (p, n))`,
  old_value: `(select coalesce(jsonb_agg(p -> 'oldValues' order by n), '[]') from jsonb_array_elements(c.property_changes) with ordinality as x (p, n))`,
  new_value: `(select coalesce(jsonb_agg(p -> 'newValues' order by n), '[]') from jsonb_array_elements(c.property_changes) with ordinality as x (p, n))`,
  remote_ip: 'to_jsonb(c.remote_ip)',
  risk_reasons: 'to_jsonb(c.risk_reasons)',
  risk_rules: 'to_jsonb(c.risk_rules)',
};

export function isExportColumn(name: string): name is ExportColumn {
  return Object.hasOwn(EXPORT_COLUMNS, name);
}

/**
 * The text as a spreadsheet may hold it: what it would read as a formula gets an apostrophe. Leading spaces, byte-order marks
 * and zero-width signs do not hide one, nor do full-width forms.
 */
export function formulaSafe(expression: string): string {
  return `case when (${expression})::text ~ U&'^([[:space:]\\00A0\\3000\\FEFF\\200B\\200C\\200D\\2060]*[=+@\\FF1D\\FF0B\\FF0D\\FF20-]|[\\0009\\000D\\000A])' then '''' || (${expression})::text else (${expression})::text end`;
}
