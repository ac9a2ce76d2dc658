import type { Sql } from '@/lib/db/sql';
import { findingById } from '@/lib/findings/read-findings';
import { alertTitle } from '../model/say-alert';
import { sumAlert, writeTitle } from '../store/alert/alert-writes';
import { plainRules } from './lock-routing';

/** Sums an alert anew from its findings and gives it its title; how many findings it has. */
export async function resum(sql: Sql, alertId: string, now: Date): Promise<number> {
  const sum = await sumAlert(sql, { alertId, plainRules: plainRules(), now });
  const lead = await findingById(sql, sum.leadId);
  if (lead !== null) await writeTitle(sql, alertId, alertTitle(lead, sum.changes));
  return sum.findings;
}
