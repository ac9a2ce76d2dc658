'use client';

import Link from 'next/link';
import { Section } from '@/components/change-detail/section';
import { SOURCE_WORDS } from '@/components/tally/words';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import { sentenceCase } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { MoveDetailDto } from '@/lib/divisions/contract';
import { typeWord } from '../../words';

/** The record behind it with its place in the ledger; where there is none, the two snapshots that differ. */
export function KnowSection({ move }: { readonly move: MoveDetailDto }) {
  const { href } = useScope();
  const { targetResource, within } = move;
  return (
    <Section title="How we know">
      <Definition
        rows={[
          {
            term: 'Record',
            value:
              move.changeId === null ? (
                'The audit log has none of it.'
              ) : (
                <>
                  <Link className="door" href={href(`/changes/${encodeURIComponent(move.changeId)}`)}>
                    The change, with its raw record and its place in the ledger
                  </Link>{' '}
                  <CopyableId id={move.changeId} label="audit id" />
                </>
              ),
          },
          {
            term: 'Came',
            value: `${sentenceCase(SOURCE_WORDS[move.source])}${move.provisional ? '; provisional until a pull confirms it' : ''}`,
          },
          ...(within === null
            ? []
            : [
                {
                  term: 'Happened within',
                  value: (
                    <>
                      <Time at={within.from} /> to <Time at={within.to} />
                      <span className="block text-sm text-muted">
                        The first snapshot shows the object in the one division, the second in the other. Who
                        moved it, and from where, no record tells. A record that arrives later takes its
                        place.
                      </span>
                    </>
                  ),
                },
              ]),
          {
            term: 'Object',
            value: (
              <>
                {sentenceCase(typeWord(targetResource.type))}{' '}
                {targetResource.name === null ? (
                  <span className="text-late">name unresolved</span>
                ) : (
                  <bdi>{targetResource.name}</bdi>
                )}{' '}
                <CopyableId id={targetResource.id} label="object id" keep={8} />
              </>
            ),
          },
          { term: 'Move', value: <CopyableId id={move.id} label="move id" full /> },
        ]}
      />
    </Section>
  );
}
