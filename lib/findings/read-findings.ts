import type { Sql } from '@/lib/db/sql';
import type { KeptFinding } from './store/finding-row';
import * as store from './store/findings';

/** The finding with this id, or null. */
export function findingById(sql: Sql, id: string): Promise<KeptFinding | null> {
  return store.selectFinding(sql, id);
}

/** The findings with these ids, oldest first. */
export function findingsById(sql: Sql, ids: readonly string[]): Promise<KeptFinding[]> {
  return store.selectFindings(sql, ids);
}

/** The findings about one move, the gravest first. */
export function findingsOfMove(sql: Sql, orgId: string, moveId: string): Promise<KeptFinding[]> {
  return store.selectOfMove(sql, orgId, moveId);
}

/** The findings that rest on any of the changes. */
export function findingsOfChanges(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<KeptFinding[]> {
  return store.selectOfChanges(sql, orgId, changeIds);
}

/** The next findings that no alert tells of yet, oldest first. Within a transaction, which holds them until its end. */
export function findingsToRoute(
  sql: Sql,
  asked: { readonly orgId: string; readonly limit: number },
): Promise<KeptFinding[]> {
  return store.selectToRoute(sql, asked);
}

/** The next findings whose responses were not proposed yet, oldest first. Within a transaction, which holds them until its end. */
export function findingsToAnswer(
  sql: Sql,
  asked: { readonly orgId: string; readonly limit: number },
): Promise<KeptFinding[]> {
  return store.selectToAnswer(sql, asked);
}

/** Findings found in `[from, to)`, oldest first, of the organisations that `sql` may see. */
export function findingsFound(
  sql: Sql,
  asked: { readonly from: Date; readonly to: Date; readonly limit: number },
): Promise<KeptFinding[]> {
  return store.selectFound(sql, asked);
}

/** Findings of these rules about what happened in `[from, to)`, oldest first. */
export function findingsOfRules(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly rules: readonly string[];
    readonly from: Date;
    readonly to: Date;
  },
): Promise<KeptFinding[]> {
  return store.selectOfRules(sql, asked);
}
