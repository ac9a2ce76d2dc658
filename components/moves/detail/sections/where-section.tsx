import { Section } from '@/components/change-detail/section';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { Definition } from '@/components/ui/data/definition';
import { sentenceCase } from '@/components/ui/data/format';
import type { MoveDetailDto } from '@/lib/divisions/contract';
import { Address } from '../../parts/address';
import { BOUNDARY_WORDS, boundaryOf } from '../../words';

/** Whether a border of regions was crossed, whether it leads into a restricted division, and what the address says. */
export function WhereSection({ move }: { readonly move: MoveDetailDto }) {
  const boundary = boundaryOf(move);
  return (
    <Section title="Border and address">
      <Definition
        rows={[
          {
            term: 'Data boundary',
            value: (
              <>
                <span className={boundary === 'cross' ? 'font-medium text-outside' : undefined}>
                  {boundary === 'not_evaluated' ? (
                    <OutcomeMark outcome="not_evaluated" />
                  ) : boundary === 'cross' ? (
                    'Crosses a data boundary'
                  ) : (
                    BOUNDARY_WORDS.same
                  )}
                </span>
                <span className="block text-sm text-muted">{boundaryBecause(move)}</span>
              </>
            ),
          },
          { term: 'Sensitivity', value: restrictedWords(move) },
          {
            term: 'Address',
            value: (
              <>
                <Address move={move} />
                <ul className="text-sm text-muted">
                  {move.addressFlags.map(({ flag, because }) => (
                    <li key={flag}>{sentenceCase(because)}</li>
                  ))}
                </ul>
                {move.addressNotEvaluated === null ? null : (
                  <p className="text-sm">
                    <OutcomeMark outcome="not_evaluated" />{' '}
                    <span className="text-muted">{move.addressNotEvaluated}</span>
                  </p>
                )}
                {move.addressFlags.length === 0 &&
                move.addressNotEvaluated === null &&
                move.clientIp !== null ? (
                  <p className="text-sm text-muted">On the allow-list, and used by this person before</p>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function restrictedWords({ restricted, targetDivision }: MoveDetailDto) {
  if (restricted === null) {
    return (
      <>
        <OutcomeMark outcome="not_evaluated" />{' '}
        <span className="text-muted">the division had no tag at that moment</span>
      </>
    );
  }
  if (!restricted) return 'Not into a restricted division';
  return targetDivision.sensitivity === 'high_security'
    ? 'Into a high-security division'
    : 'Into a restricted division';
}

/** The mark before it says already that it was not evaluated. */
function boundaryBecause({ boundaryBecause: because }: MoveDetailDto): string {
  return sentenceCase(because.replace(/^not evaluated: /i, ''));
}
