import { findOrganization } from '@/lib/auth/store/org-rows';
import { lastAnswered } from '@/lib/changes/last-answered';
import type { Database } from '@/lib/db/connection';
import type { Finding } from '@/lib/findings/model/concern';
import { raiseFindings } from '@/lib/findings/raise-findings';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { ruleSha256 } from './catalogue';
import { judgeSilence } from './judge';

export type Silences = {
  readonly found: readonly Finding[];
  /** Until when nothing was read before; silences that began earlier are over. Null: nothing was ever read. */
  readonly heardAt: Date | null;
};

/**
 * Finds an organisation of which nothing was read for too long. One silence is one finding, by its beginning; whoever tells
 * of it ends it as soon as `heardAt` lies after that beginning. A paused organisation is not silent.
 */
export async function detectSilences(
  db: Database,
  asked: { readonly orgId: string; readonly now: Date },
): Promise<Silences> {
  const { orgId, now } = asked;
  return db.transaction(async (sql) => {
    const org = await findOrganization(sql, orgId);
    const heardAt = await lastAnswered(sql, orgId);
    if (org === null || org.state !== 'active') return { found: [], heardAt };
    const since = heardAt ?? org.connectedAt;
    const concerns = judgeSilence({
      orgId,
      orgName: org.name,
      since,
      everRead: heardAt !== null,
      minutes: Math.floor((now.getTime() - since.getTime()) / MINUTE_MS),
    });
    return { found: await raiseFindings(sql, { orgId, concerns, ruleSha256Of: ruleSha256, now }), heardAt };
  });
}
