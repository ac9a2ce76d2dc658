import { view } from '@/lib/auth/view';
import { findingById, findingsById } from '@/lib/findings/read-findings';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso, toIsoMs } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { ResponseDetailDto, ResponseDto, ResponseListQuery } from '../contract/responses';
import { foldSteps } from '../model/response/fold-steps';
import { planSteps } from '../model/response/plan-steps';
import { type Response, sentenceOf } from '../model/response/response';
import { sayDecision } from '../model/response/say-decision';
import { standingOfViewer } from '../responses/decide-response';
import { selectDecisions } from '../store/response/decision-facts';
import { listResponses, type ResponseKey, selectResponse } from '../store/response/response-rows';
import { selectSteps } from '../store/response/step-facts';

const OVER: readonly Response['state'][] = ['observed', 'done', 'failed', 'refused', 'rejected', 'expired'];

/** Responses of the viewer's organisations, newest first. */
export const viewResponses = view(
  { permission: 'responses.read' },
  async ({ sql, viewer }, query: ResponseListQuery): Promise<Page<ResponseDto>> => {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const wanted = query.org?.map((id) => id.toLowerCase());
    const rows = await listResponses(sql, {
      orgIds: viewer.orgIds.filter((id) => wanted === undefined || wanted.includes(id)),
      from: query.from ?? null,
      to: query.to ?? null,
      states: query.state ?? null,
      kinds: query.kind ?? null,
      after: query.cursor === undefined ? null : keyOf(query.cursor),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const findings = await findingsById(sql, [...new Set(shown.map((row) => row.findingId))]);
    const byId = new Map(findings.map((finding) => [finding.id, finding]));
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((row) => responseDto(row, byId.get(row.findingId) ?? null)),
      nextCursor: last === undefined ? null : encodeCursor([toIsoMs(last.proposedAt), last.id]),
    };
  },
);

/** One response with its finding, guards, steps and words, and what the viewer may do about it. Throws `not_found`. */
export const viewResponse = view(
  {
    permission: 'responses.read',
    journal: (input: { readonly id: string }, output: ResponseDetailDto) => ({
      objectId: input.id,
      orgId: output.orgId,
    }),
  },
  async ({ sql, viewer, now }, { id }: { readonly id: string }): Promise<ResponseDetailDto> => {
    const response = await selectResponse(sql, id);
    if (response === null)
      throw requestError(
        'not_found',
        'cannot show the response: there is none with this id that you may see',
      );
    const finding = await findingById(sql, response.findingId);
    const decisions = await selectDecisions(sql, id);
    const isOver = OVER.includes(response.state) && response.state !== 'observed';
    const { may } = await standingOfViewer(sql, { response, finding, viewer, now });
    return {
      ...responseDto(response, finding),
      finding: {
        sentence: finding?.sentence ?? '',
        reasons: finding?.reasons ?? [],
        occurredAt: toIso(finding?.occurredAt ?? response.proposedAt),
        changeIds: finding?.changeIds ?? [],
      },
      guards: decisions.findLast((decision) => decision.guards !== null)?.guards ?? [],
      steps: foldSteps(planSteps(response), await selectSteps(sql, id), isOver),
      history: decisions
        .map((decision) => ({
          at: toIso(decision.at),
          who: decision.by.name,
          said: sayDecision(decision, response),
        }))
        .reverse(),
      may,
    };
  },
);

function responseDto(row: Response, finding: KeptFinding | null): ResponseDto {
  return {
    id: row.id,
    orgId: row.orgId,
    findingId: row.findingId,
    alertId: finding?.alertId ?? null,
    moveId: row.moveId,
    rule: row.rule,
    severity: row.severity,
    mode: row.mode,
    kind: row.kind,
    sentence: sentenceOf(row),
    target: row.target,
    state: row.state,
    because: row.because,
    proposedAt: toIso(row.proposedAt),
    requestedBy: row.requestedBy.name,
    expiresAt: row.expiresAt === null ? null : toIso(row.expiresAt),
    decidedAt: row.decidedAt === null ? null : toIso(row.decidedAt),
    decidedBy: row.decidedBy?.name ?? null,
    decisionReason: row.decisionReason,
    finishedAt: row.finishedAt === null ? null : toIso(row.finishedAt),
    undoneBy: row.undoneBy,
    undoOf: row.undoOf,
  };
}

function keyOf(cursor: string): ResponseKey {
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}
