import type { Sql } from '@/lib/db/sql';
import type { Exception } from '../model/exception';
import { EXCEPTION_COLUMNS, type ExceptionRow, exceptionOf, RECORD_TYPES, recordOf } from './exception-row';

const list = (column: string) => `array(select jsonb_array_elements_text(${column}))`;
/** JSON null is the word null of JSON; the column means none. */
const json = (column: string) => `nullif(${column}, 'null'::jsonb)`;

const INSERTED = `id, org_id, key, round, finding_id, rule, about, stretch, historic, opened_at, occurred_at, subject_type, subject_id, subject_name,
  ${list('division_ids')}, ${list('control_ids')}, move_id, ${list('change_ids')}, former_id, opened_because, state, state_since, state_because,
  severity, severity_because, sentence, risk_basis, owner_id, owner_name, sla_days, due_anchor, due_at, due_set_by, fix_claimed_at, fix_claimed_by,
  ${json('request')}, ${json('acceptance')}, expires_at, ${json('false_positive')}, ${json('resolution')}, successor_id, last_seq, updated_at`;
const NAMES = INSERTED.replaceAll(/array\(select jsonb_array_elements_text\((\w+)\)\)/g, '$1').replaceAll(
  /nullif\((\w+), 'null'::jsonb\)/g,
  '$1',
);

/** Inserts exceptions whose key is open nowhere; returns the ids of those that were new. */
export async function insertExceptions(sql: Sql, exceptions: readonly Exception[]): Promise<Set<string>> {
  if (exceptions.length === 0) return new Set();
  const rows = await sql.query<{ id: string }>(
    `insert into exception (${NAMES}) select ${INSERTED} from jsonb_to_recordset($1) as t (${RECORD_TYPES}) order by key
     on conflict do nothing returning id`,
    [JSON.stringify(exceptions.map(recordOf))],
  );
  return new Set(rows.map((row) => row.id));
}

/** Writes what may change of exceptions that are there, held by the caller's transaction. */
export async function updateExceptions(sql: Sql, exceptions: readonly Exception[]): Promise<void> {
  if (exceptions.length === 0) return;
  await sql.query(
    `update exception e set state = t.state, state_since = t.state_since, state_because = t.state_because, severity = t.severity,
       sentence = t.sentence, risk_basis = t.risk_basis, owner_id = t.owner_id, owner_name = t.owner_name, due_anchor = t.due_anchor,
       due_at = t.due_at, due_set_by = t.due_set_by, fix_claimed_at = t.fix_claimed_at, fix_claimed_by = t.fix_claimed_by,
       request = ${json('t.request')}, acceptance = ${json('t.acceptance')}, expires_at = t.expires_at,
       false_positive = ${json('t.false_positive')}, resolution = ${json('t.resolution')}, successor_id = t.successor_id,
       last_seq = t.last_seq, updated_at = t.updated_at
     from jsonb_to_recordset($1) as t (${RECORD_TYPES}) where e.id = t.id`,
    [JSON.stringify(exceptions.map(recordOf))],
  );
}

/** Replaces what stands of one exception by what its facts sum to. */
export async function replaceException(sql: Sql, exception: Exception): Promise<void> {
  await sql.query('delete from exception where id = $1', [exception.id]);
  await insertExceptions(sql, [exception]);
}

/** The exception with this id in these organisations, or null; locked for the transaction where asked. */
export async function selectException(
  sql: Sql,
  of: { readonly orgIds: readonly string[]; readonly id: string; readonly lock?: boolean },
): Promise<Exception | null> {
  const rows = await sql.query<ExceptionRow>(
    `select ${EXCEPTION_COLUMNS} from exception e where e.id = $2 and e.org_id = any ($1::uuid[]) ${of.lock ? 'for update' : ''}`,
    [of.orgIds, of.id],
  );
  return rows[0] ? exceptionOf(rows[0]) : null;
}

/** Exceptions with these ids, locked for the transaction in the order of their ids. */
export async function lockExceptions(sql: Sql, ids: readonly string[]): Promise<Exception[]> {
  const rows = await sql.query<ExceptionRow>(
    `select ${EXCEPTION_COLUMNS} from exception e where e.id = any ($1) order by e.id for update`,
    [ids],
  );
  return rows.map(exceptionOf);
}

/** People who may own an exception of these organisations or be mentioned in one, by name. */
export function selectPeople(
  sql: Sql,
  orgIds: readonly string[],
): Promise<{ id: string; name: string; role: string }[]> {
  return sql.query(
    `select id, name, role from app_user where state = 'active' and (org_scope is null or org_scope && $1::text[]::uuid[])
     order by lower(name), id`,
    [orgIds],
  );
}

/** A person as an answer freezes them, or null where there is none. */
export async function selectPerson(
  sql: Sql,
  id: string,
): Promise<{ readonly id: string; readonly name: string; readonly email: string } | null> {
  const rows = await sql.query<{ id: string; name: string; email: string }>(
    'select id, name, email from app_user where id = $1',
    [id],
  );
  return rows[0] ?? null;
}

/** Ids of what was ever opened in an organisation, as the facts have it, after `after`. */
export async function exceptionIdsAfter(
  sql: Sql,
  asked: { readonly orgId: string; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select exception_id as id from exception_event where org_id = $1 and seq = 1 and exception_id > $2 order by exception_id limit $3`,
    [asked.orgId, asked.after, asked.limit],
  );
  return rows.map((row) => row.id);
}
