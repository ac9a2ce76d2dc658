import type { Sql } from '@/lib/db/sql';
import { departmentAt } from './model/department-at';
import { selectDepartments } from './store/departments';

/** The department of each person at their instant, in the order asked; null where it was not known then (`model/department-at.ts`). */
export async function departmentsAt(
  sql: Sql,
  orgId: string,
  asked: readonly { readonly userId: string; readonly at: Date }[],
): Promise<(string | null)[]> {
  if (asked.length === 0) return [];
  const versions = await selectDepartments(sql, orgId, [...new Set(asked.map((one) => one.userId))]);
  return asked.map(({ userId, at }) => departmentAt(versions.get(userId) ?? [], at));
}
