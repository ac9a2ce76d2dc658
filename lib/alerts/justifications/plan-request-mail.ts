import { findOrganization } from '@/lib/auth/store/org-rows';
import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import type { JustificationRequest } from '@/lib/linking/model/justifications/request';
import { PERSON_CHANNEL } from '../channels/fixed-channels';
import { planDeliveries } from '../deliveries/plan-delivery';

/** How many changes the mail writes out. */
const SHOWN = 5;

/** Key of the delivery of a request's mail. */
export function requestMailKey(requestId: string, of: 'ask' | 'reminder'): string {
  return `justification/${requestId}/${of}`;
}

/**
 * Plans the mail of a request. What is kept holds neither the address nor the signed link: both are put in when it is sent, so
 * that nobody who may see deliveries can answer. In the transaction of the request.
 */
export async function planRequestMail(
  sql: Sql,
  request: JustificationRequest,
  of: { readonly kind: 'ask' | 'reminder'; readonly now: Date },
): Promise<void> {
  const org = await findOrganization(sql, request.orgId);
  const { shown, ids } = request.subject;
  const more = ids.length - Math.min(shown.length, SHOWN);
  const what = ids.length === 1 ? 'a change' : `${ids.length} changes`;
  await planDeliveries(
    sql,
    [
      {
        key: requestMailKey(request.id, of.kind),
        orgId: request.orgId,
        alertId: null,
        channelId: PERSON_CHANNEL.id,
        purpose: 'request',
        message: {
          title: `${of.kind === 'ask' ? '' : 'Reminder: '}${request.asker} asks you about ${what} in ${org?.name ?? 'Genesys Cloud'}`,
          severity: 'low',
          facts: [
            { label: 'Question', value: request.question },
            ...shown.slice(0, SHOWN).map(({ at, sentence }) => ({ label: at, value: sentence })),
            ...(more > 0 ? [{ label: 'And', value: `${more} more of the same kind` }] : []),
            { label: 'Answer by', value: toIso(request.expiresAt) },
          ],
          orgName: org?.name ?? 'Tallystick',
          path: '/answer',
          runbook:
            'Open the link and write why it was done. You need no account. Whoever has the link can answer, once: do not pass this mail on.',
          correlationId: request.id,
        },
        notBefore: of.now,
        held: null,
      },
    ],
    of.now,
  );
}
