import { toIso } from '@/lib/kernel/instant';
import { controlSha256 } from '../catalogue';
import type { ControlDto, ControlEvidenceDto, ControlInputDto, ControlRunDto } from '../contract';
import type { Control } from '../model/control';
import { askedAs, endpointOf } from '../model/endpoints';
import { standsAt } from '../model/history';
import { PRODUCT_INPUTS, type ProductInput } from '../model/inputs';
import type { ControlRun } from '../model/run';
import type { ResultRow } from '../store/read-results';
import type { EvidenceRow } from '../store/read-runs';

/** A control as it stands at an instant by its last result; a result that is too old says nothing any more. */
export function controlDto(
  control: Control,
  of: {
    readonly orgId: string;
    readonly last: ResultRow | null;
    readonly at: Date;
    readonly freshMs: number;
  },
): ControlDto {
  const { last } = of;
  const { outcome, because } = standsAt(last, of.at, of.freshMs);
  const speaks = last !== null && outcome === last.outcome && because === last.because;
  return {
    id: control.id,
    orgId: of.orgId,
    title: control.title,
    area: control.area,
    promise: control.promise,
    severity: control.severity,
    outcome,
    because,
    sentence: speaks ? last.sentence : `Not evaluated: ${because}`,
    since: speaks ? toIso(last.since) : null,
    evaluatedAt: last === null ? null : toIso(last.evaluatedAt),
    checked: last?.checked ?? 0,
    failing: speaks ? last.failing : 0,
    unknown: speaks ? last.unknown : 0,
    runId: last?.runId ?? null,
    resultId: last?.id ?? null,
    inputs: inputsOf(control),
    ruleSha256: last?.ruleSha256 ?? null,
    ruleChanged: last !== null && last.ruleSha256 !== controlSha256(control.id),
  };
}

/** What a control looks at, in the order it names it. */
export function inputsOf(control: Pick<Control, 'requires'>): ControlInputDto[] {
  return control.requires.map((name) => {
    const endpoint = endpointOf(name);
    return endpoint === null
      ? {
          name,
          source: 'product',
          endpoint: null,
          permission: null,
          tells: PRODUCT_INPUTS[name as ProductInput],
        }
      : {
          name,
          source: 'platform',
          endpoint: askedAs(endpoint),
          permission: endpoint.permission,
          tells: endpoint.tells,
        };
  });
}

export function runDto(run: ControlRun): ControlRunDto {
  const { id, orgId, occasion, cadence, askedBy, counts, clientId, productVersion } = run;
  return {
    id,
    orgId,
    occasion,
    cadence,
    dueAt: run.dueAt === null ? null : toIso(run.dueAt),
    askedBy,
    startedAt: toIso(run.startedAt),
    finishedAt: toIso(run.finishedAt),
    counts,
    clientId,
    productVersion,
  };
}

export function evidenceDto({ runId: _, orgId: __, fetchedAt, ...row }: EvidenceRow): ControlEvidenceDto {
  return {
    id: row.id,
    input: row.input,
    source: row.source,
    endpoint: row.endpoint,
    permission: row.permission,
    state: row.state,
    because: row.because,
    httpStatus: row.httpStatus,
    fetchedAt: toIso(fetchedAt),
    expectedTotal: row.expectedTotal,
    readTotal: row.readTotal,
    pages: row.pages,
    sha256: row.sha256,
  };
}
