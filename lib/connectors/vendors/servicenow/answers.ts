import { z } from 'zod';

/** What ServiceNow's Table API answers, as far as we read it. Source: Table API, `sysparm_display_value=all`. */
export type Field = { readonly value: string; readonly shown: string };

const EMPTY: Field = { value: '', shown: '' };

/** With display values each field is `{ value, display_value }`; plain strings and links are taken as well. */
export const fieldSchema = z
  .union([
    z.string().transform((text): Field => ({ value: text, shown: text })),
    z.null().transform((): Field => EMPTY),
    z
      .object({ value: z.string().nullish(), display_value: z.string().nullish() })
      .transform(
        (field): Field => ({ value: field.value ?? '', shown: field.display_value ?? field.value ?? '' }),
      ),
  ])
  .optional()
  .transform((field): Field => field ?? EMPTY);

export const changeRequestSchema = z.object({
  sys_id: fieldSchema,
  number: fieldSchema,
  short_description: fieldSchema,
  description: fieldSchema,
  type: fieldSchema,
  state: fieldSchema,
  approval: fieldSchema,
  approval_set: fieldSchema,
  start_date: fieldSchema,
  end_date: fieldSchema,
  cmdb_ci: fieldSchema,
  'cmdb_ci.correlation_id': fieldSchema,
  'cmdb_ci.name': fieldSchema,
  sys_created_on: fieldSchema,
  sys_updated_on: fieldSchema,
});
export type ChangeRequest = z.infer<typeof changeRequestSchema>;

export const auditRowSchema = z.object({
  documentkey: fieldSchema,
  fieldname: fieldSchema,
  oldvalue: fieldSchema,
  newvalue: fieldSchema,
  user: fieldSchema,
  sys_created_on: fieldSchema,
});
export type AuditRow = z.infer<typeof auditRowSchema>;

export const approverRowSchema = z.object({
  sysapproval: fieldSchema,
  approver: fieldSchema,
  state: fieldSchema,
  sys_updated_on: fieldSchema,
});
export type ApproverRow = z.infer<typeof approverRowSchema>;

/** The instant of a ServiceNow time value (`2026-03-01 14:00:00`, UTC for users of the API), or null. */
export function instantOf(field: Field): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(field.value);
  if (match === null) return null;
  const ms = Date.parse(`${match[1]}T${match[2]}Z`);
  return Number.isNaN(ms) ? null : new Date(ms);
}
