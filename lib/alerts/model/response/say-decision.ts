import type { ResponseMode } from '@/lib/alerts/contract/responses';

/** A word about a response as the history shows it; who said it stands beside. */
export function sayDecision(
  decision: {
    readonly what:
      | 'proposed'
      | 'asked'
      | 'approved'
      | 'rejected'
      | 'undo_asked'
      | 'expired'
      | 'begun'
      | 'refused'
      | 'done'
      | 'failed';
    readonly reason: string | null;
  },
  { mode }: { readonly mode: ResponseMode },
): string {
  const said = {
    proposed: `proposed it (${mode})`,
    asked: 'asked for it',
    approved: 'approved it',
    rejected: 'rejected it',
    undo_asked: 'asked to undo it',
    expired: 'let it expire',
    begun: 'asked the guards again and began',
    refused: 'refused it',
    done: 'finished it',
    failed: 'could not finish it',
  }[decision.what];
  return decision.reason === null ? said : `${said}: ${decision.reason}`;
}
