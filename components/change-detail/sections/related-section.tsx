import Link from 'next/link';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { ShallowLink } from '@/components/url/shallow-link';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import { Section } from '../section';
import { SessionLink } from './session-link';

type RelatedSectionProps = {
  readonly change: ChangeDetailDto;
  readonly hrefOf: (id: string) => string;
  /** The links lead to other states of the same page. */
  readonly shallow: boolean;
};

/** The session it belongs to, and other records of the same transaction or correlation. */
export function RelatedSection({ change, hrefOf, shallow }: RelatedSectionProps) {
  const Anchor = shallow ? ShallowLink : Link;
  const { related, sessionId } = change;
  if (related.length === 0 && sessionId === null) return null;
  return (
    <Section title="Part of">
      {sessionId === null ? null : <SessionLink id={sessionId} />}
      {related.length === 0 ? null : (
        <p className="mt-1 mb-1 text-muted">
          {countOf(related.length, 'other record')} of the same act, by transaction or correlation id.
        </p>
      )}
      <ul className="flex flex-col gap-1">
        {related.map((other) => (
          <li key={other.id} className="flex flex-wrap gap-x-3">
            <Time at={other.eventDate} />
            <Anchor href={hrefOf(other.id)} dir="auto" className="door">
              {other.sentence}
            </Anchor>
          </li>
        ))}
      </ul>
    </Section>
  );
}
