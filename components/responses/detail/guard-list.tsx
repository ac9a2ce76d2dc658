import { Section } from '@/components/change-detail/section';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';
import { GUARD_OUTCOMES, GUARD_WORDS } from '../words';

/** What protects from harm, each with its outcome and its sentence. Looked at when proposed and again right before acting. */
export function GuardList({ guards }: { readonly guards: ResponseDetailDto['guards'] }) {
  return (
    <Section title="Guards">
      {guards.length === 0 ? (
        <p className="text-muted">None was looked at yet.</p>
      ) : (
        <ul className="divide-y border-y">
          {guards.map((one) => {
            const { outcome, word } = GUARD_OUTCOMES[one.outcome];
            return (
              <li key={one.guard} className="grid gap-x-4 py-2 sm:grid-cols-[9rem_9rem_minmax(0,1fr)]">
                <span className="font-medium">{GUARD_WORDS[one.guard]}</span>
                <OutcomeMark outcome={outcome} word={word} />
                <span className="text-muted">{one.because}</span>
              </li>
            );
          })}
        </ul>
      )}
      <p className="mt-1.5 text-xs text-muted">
        Looked at when it was proposed, and again right before anything is done.
      </p>
    </Section>
  );
}
