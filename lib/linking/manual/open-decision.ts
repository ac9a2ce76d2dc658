import type { Viewer } from '@/lib/auth/viewer';
import { actorOf } from '@/lib/auth/viewer';
import type { Database } from '@/lib/db/connection';
import type { LinkDecisionInput } from '../contract/manual';
import { type LinkEnvironment, openLinks } from '../open-links';
import { type Attachable, attachLink, prepareAttach } from './attach-link';
import { decidable, type Prepared, prepareDecision, strikeLink, takeBack } from './decide';
import type { Decidable } from './may-decide';

type World = { readonly db: Database; readonly env: LinkEnvironment };

/** A decision with everything asked of other systems, ready for its transaction. */
export type OpenDecision = {
  readonly change: Decidable;
  readonly input: LinkDecisionInput;
  /** What the change is judged by, besides what was looked up. */
  readonly judging: Pick<Awaited<ReturnType<typeof openLinks>>, 'policy' | 'calendar'>;
  readonly attach: Attachable | null;
  readonly prepared: Prepared;
};

/** Checks who decides about which change and looks up what judging needs. Outside any transaction; throws as `decidable`. */
export async function openDecision(
  world: World,
  asked: {
    readonly viewer: Viewer;
    readonly id: string;
    readonly input: LinkDecisionInput;
    readonly now: Date;
  },
): Promise<OpenDecision> {
  const { viewer, input, now } = asked;
  const actor = actorOf(viewer);
  const change = await decidable(world.db.sql, { orgIds: viewer.orgIds, id: asked.id, actor });
  const dependencies = await openLinks(world, { orgId: change.orgId, now });
  if (input.what !== 'attach') {
    const prepared = await prepareDecision(dependencies, change);
    return { change, input, judging: dependencies, attach: null, prepared };
  }
  const attach = await prepareAttach(dependencies, { change, attached: input.attached, by: actor });
  return { change, input, judging: dependencies, attach, prepared: attach };
}

/** What naming this as the authorisation would come to; nothing is written. Throws as `decidable`. */
export async function previewAttach(
  world: World,
  asked: {
    readonly viewer: Viewer;
    readonly id: string;
    readonly attached: Extract<LinkDecisionInput, { what: 'attach' }>['attached'];
    readonly now: Date;
  },
): Promise<Attachable> {
  const actor = actorOf(asked.viewer);
  const change = await decidable(world.db.sql, { orgIds: asked.viewer.orgIds, id: asked.id, actor });
  const dependencies = await openLinks(world, { orgId: change.orgId, now: asked.now });
  return prepareAttach(dependencies, { change, attached: asked.attached, by: actor });
}

/** Carries the decision out: appended, judged and journaled in one transaction. */
export function carryOutDecision(
  sql: Parameters<typeof attachLink>[0],
  open: OpenDecision,
  by: Omit<Parameters<typeof attachLink>[2], 'policy' | 'calendar'>,
): Promise<{ readonly id: string; readonly linkage: string }> {
  const { change, input, judging, prepared, attach } = open;
  const acting = { ...judging, ...by };
  const { reason } = input;
  if (input.what === 'strike')
    return strikeLink(
      sql,
      { decidable: change, prepared, kind: input.kind, reference: input.reference, reason },
      acting,
    );
  if (input.what === 'take_back')
    return takeBack(sql, { decidable: change, prepared, decisionId: input.decisionId, reason }, acting);
  if (attach === null) throw new RangeError('an attachment is looked up before');
  return attachLink(
    sql,
    { decidable: change, prepared: attach, reason, requestId: input.requestId ?? null },
    acting,
  );
}
