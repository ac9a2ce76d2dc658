import { TallyGlyph } from '@/components/tally/tally-glyph';
import { LINKAGE_COLOURS, LINKAGE_WORDS, PLANNING_WORDS } from '@/components/tally/words';
import { countOf, sentenceCase, wordsOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { VerdictDto } from '@/lib/changes/contract/links';
import { causeInWords } from './verdict-words';

/** Every verdict on the change, newest first: from what to what, why, and what made us look. */
export function VerdictHistory({ verdicts }: { readonly verdicts: readonly VerdictDto[] }) {
  if (verdicts.length === 0) return null;
  return (
    <details className="mt-3" open={verdicts.length > 1}>
      <summary className="min-h-6 text-sm text-muted hover:text-ink">
        History of this verdict ({countOf(verdicts.length, 'decision')})
      </summary>
      <ol className="mt-2 flex flex-col gap-3" aria-label="History of this verdict">
        {[...verdicts].reverse().map((verdict) => (
          <li key={verdict.decidedAt} className="flex gap-3 text-sm">
            <span className="pt-1">
              <TallyGlyph status={verdict.linkage} decorative />
            </span>
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-x-2">
                {verdict.before === null || verdict.before === verdict.linkage ? null : (
                  <>
                    <span className="text-muted">{LINKAGE_WORDS[verdict.before]}</span>
                    <span aria-hidden>→</span>
                    <span className="sr-only">became</span>
                  </>
                )}
                <span className={`font-medium ${LINKAGE_COLOURS[verdict.linkage]}`}>
                  {LINKAGE_WORDS[verdict.linkage]}
                </span>
                <span className="text-muted">{PLANNING_WORDS[verdict.planning]}</span>
              </p>
              <p className="wrap-anywhere">{sentenceCase(becauseOf(verdict))}.</p>
              <p className="text-muted">
                Decided <Time at={verdict.decidedAt} />
                {verdict.cause === null ? null : <>, {causeInWords(verdict.cause, verdict.ticket)}</>}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

function becauseOf({ because, reason }: VerdictDto): string {
  if (because !== null) return `because ${because}`;
  return reason === null ? 'nothing is claimed any more' : wordsOf(reason);
}
