import { Section } from '@/components/change-detail/section';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { countOf, formatCount } from '@/components/ui/data/format';
import type { SessionDetailDto } from '@/lib/sessions/contract';

/** That grouping loses nothing: the children counted one by one against the sum on the row, and every id it ever had. */
export function Reconciled({ session }: { readonly session: SessionDetailDto }) {
  const { counted, summed } = session.reconciled;
  const equal = counted === summed;
  return (
    <Section title="How we know">
      <p className="flex flex-wrap items-center gap-x-3">
        <OutcomeMark outcome={equal ? 'pass' : 'fail'} word={equal ? 'Reconciled' : 'Does not add up'} />
        <span>
          {formatCount(summed)} {summed === 1 ? 'child' : 'children'} {equal ? '=' : 'are not'}{' '}
          {countOf(counted, 'record')}
        </span>
      </p>
      <p className="mt-1 text-sm text-muted">
        Each child was counted by itself just now. Grouping hides and deletes nothing.
      </p>
      <p className="mt-2 flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="text-muted">Session</span> <CopyableId id={session.id} label="session id" full />
      </p>
      {session.formerIds.length === 0 ? null : (
        <p className="mt-1 flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="text-muted">Known before as</span>
          {session.formerIds.map((id) => (
            <CopyableId key={id} id={id} label="former id" full />
          ))}
        </p>
      )}
    </Section>
  );
}
