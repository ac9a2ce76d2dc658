import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Finding } from '../model/concern';
import { severityNumber } from '../model/severity';
import { FINDING_COLUMNS, type FindingRow, findingOf, type KeptFinding } from './finding-row';

/** Kind of the findings' leaves in the ledger. */
export const FINDING_LEAF_KIND = 'finding';

/** Inserts the findings whose keys are new and returns the ids that were. */
export async function insertFindings(sql: Sql, findings: readonly Finding[]): Promise<Set<string>> {
  if (findings.length === 0) return new Set();
  const rows = await sql.query<{ id: string }>(
    `insert into finding (id, org_id, key, rule, rule_sha256, severity, subject_type, subject_id, subject_name, sentence, reasons, occurred_at,
       event_received_at, actor_kind, actor_id, actor_name, change_ids, move_id, session_id, division_ids, responses, tell, unmutable, body,
       received_at, salt, leaf_hash)
     select id, org_id, key, rule, decode(rule_sha256, 'hex'), severity, subject_type, subject_id, subject_name, sentence,
       array(select jsonb_array_elements_text(reasons)), occurred_at, event_received_at, actor_kind, actor_id, actor_name,
       array(select jsonb_array_elements_text(change_ids)), move_id, session_id, array(select jsonb_array_elements_text(division_ids)), responses,
       array(select jsonb_array_elements_text(tell)), unmutable, body, received_at, decode(salt, 'hex'), decode(leaf_hash, 'hex')
     from jsonb_to_recordset($1) as t (id text, org_id uuid, key text, rule text, rule_sha256 text, severity smallint, subject_type text,
       subject_id text, subject_name text, sentence text, reasons jsonb, occurred_at timestamptz, event_received_at timestamptz, actor_kind text,
       actor_id text, actor_name text, change_ids jsonb, move_id text, session_id text, division_ids jsonb, responses jsonb, tell jsonb,
       unmutable boolean, body text, received_at timestamptz, salt text, leaf_hash text)
     order by id
     on conflict (org_id, key) do nothing returning id`,
    [JSON.stringify(findings.map(rowOf))],
  );
  return new Set(rows.map((row) => row.id));
}

/** Findings by their keys, whichever are there. */
export async function findingsByKey(
  sql: Sql,
  orgId: string,
  keys: readonly string[],
): Promise<KeptFinding[]> {
  return select(sql, 'f.org_id = $1 and f.key = any($2) order by f.id', [orgId, keys]);
}

/** The finding with this id, or null. */
export async function selectFinding(sql: Sql, id: string): Promise<KeptFinding | null> {
  return (await select(sql, 'f.id = $1', [id]))[0] ?? null;
}

/** Findings with these ids, oldest first. */
export async function selectFindings(sql: Sql, ids: readonly string[]): Promise<KeptFinding[]> {
  return select(sql, 'f.id = any($1) order by f.occurred_at, f.id', [ids]);
}

/** Findings about one move, the gravest first. */
export async function selectOfMove(sql: Sql, orgId: string, moveId: string): Promise<KeptFinding[]> {
  return select(sql, 'f.org_id = $1 and f.move_id = $2 order by f.severity desc, f.id', [orgId, moveId]);
}

/** Findings that no alert tells of yet, oldest first, locked for the transaction. */
export async function selectToRoute(
  sql: Sql,
  asked: { orgId: string; limit: number },
): Promise<KeptFinding[]> {
  return select(
    sql,
    'f.org_id = $1 and f.alert_id is null order by f.received_at, f.id limit $2 for update of f',
    [asked.orgId, asked.limit],
  );
}

/** Findings that propose something and were not taken up for it yet, oldest first, locked for the transaction. */
export async function selectToAnswer(
  sql: Sql,
  asked: { orgId: string; limit: number },
): Promise<KeptFinding[]> {
  return select(
    sql,
    `f.org_id = $1 and f.responses_proposed_at is null and f.responses <> '[]' order by f.received_at, f.id limit $2 for update of f`,
    [asked.orgId, asked.limit],
  );
}

/** Findings of a period by the time they were found, `[from, to)`, oldest first. */
export async function selectFound(
  sql: Sql,
  asked: { from: Date; to: Date; limit: number },
): Promise<KeptFinding[]> {
  return select(sql, 'f.received_at >= $1 and f.received_at < $2 order by f.received_at, f.id limit $3', [
    asked.from,
    asked.to,
    asked.limit,
  ]);
}

/** Findings that rest on any of these changes, whatever rule found them. */
export async function selectOfChanges(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<KeptFinding[]> {
  return select(sql, 'f.org_id = $1 and f.change_ids && $2 order by f.id', [orgId, changeIds]);
}

/** Findings of these rules about what happened in [from, to), oldest first. */
export async function selectOfRules(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly rules: readonly string[];
    readonly from: Date;
    readonly to: Date;
  },
): Promise<KeptFinding[]> {
  return select(
    sql,
    'f.org_id = $1 and f.rule = any ($2) and f.occurred_at >= $3 and f.occurred_at < $4 order by f.occurred_at, f.id',
    [asked.orgId, asked.rules, asked.from, asked.to],
  );
}

async function select(sql: Sql, where: string, values: readonly unknown[]): Promise<KeptFinding[]> {
  const rows = await sql.query<FindingRow>(`select ${FINDING_COLUMNS} from finding f where ${where}`, values);
  return rows.map(findingOf);
}

function rowOf(finding: Finding) {
  const { sessionId, ...facts } = finding;
  // Without the session: which changes belong together may be judged anew, what was found may not.
  const body = canonicalJson({
    ...facts,
    occurredAt: toIsoMs(finding.occurredAt),
    receivedAt: finding.receivedAt === null ? null : toIsoMs(finding.receivedAt),
    foundAt: toIsoMs(finding.foundAt),
  });
  const leaf = sealable({
    kind: FINDING_LEAF_KIND,
    orgId: finding.orgId,
    factId: finding.id,
    receivedAt: finding.foundAt,
    bytes: body,
  });
  return {
    id: finding.id,
    org_id: finding.orgId,
    key: finding.key,
    rule: finding.rule,
    rule_sha256: finding.ruleSha256,
    severity: severityNumber(finding.severity),
    subject_type: finding.subject.type,
    subject_id: finding.subject.id,
    subject_name: finding.subject.name,
    sentence: finding.sentence,
    reasons: finding.reasons,
    occurred_at: toIsoMs(finding.occurredAt),
    event_received_at: finding.receivedAt === null ? null : toIsoMs(finding.receivedAt),
    actor_kind: finding.actor?.kind ?? null,
    actor_id: finding.actor?.id ?? null,
    actor_name: finding.actor?.name ?? null,
    change_ids: finding.changeIds,
    move_id: finding.moveId,
    session_id: sessionId,
    division_ids: finding.divisionIds,
    responses: finding.responses,
    tell: finding.tell,
    unmutable: finding.unmutable,
    body,
    received_at: toIsoMs(finding.foundAt),
    salt: leaf.salt.toString('hex'),
    leaf_hash: leaf.leafHash.toString('hex'),
  };
}
