import { collectSync } from '@/lib/changes/jobs';
import { relinkAll } from '@/lib/linking/jobs';
import { enqueue } from '@/lib/queue/enqueue';

/**
 * What a source that was added or changed makes due: with tickets or commits every unlinked change is held against them again,
 * with an organisation what is new is collected. Several changes in a row are one job.
 */
export async function judgeAgain(source: {
  readonly kind: string;
  readonly orgId: string | null;
  readonly state: string;
}): Promise<void> {
  if (source.state !== 'active') return;
  const payload = source.orgId === null ? {} : { orgId: source.orgId };
  const onceKey = source.orgId ?? 'all';
  if (['jira', 'servicenow', 'git', 'github', 'gitlab'].includes(source.kind))
    await enqueue(relinkAll, payload, { onceKey });
  else if (source.kind === 'genesys') await enqueue(collectSync, payload, { onceKey: `${onceKey}-source` });
}
