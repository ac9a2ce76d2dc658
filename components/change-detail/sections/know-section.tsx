import { OutcomeMark } from '@/components/tally/outcome-mark';
import { SOURCE_WORDS } from '@/components/tally/words';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import { formatCount, sentenceCase } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import { Section } from '../section';

/** Where the record came from, down to the byte, and where it stands in the ledger. */
export function KnowSection({ change }: { readonly change: ChangeDetailDto }) {
  const { evidence } = change;
  return (
    <Section title="How we know">
      <Definition
        rows={[
          { term: 'Audit id', value: <CopyableId id={change.id} label="audit id" full /> },
          {
            term: 'Seen',
            value: (
              <ul>
                {evidence.sightings.map((sighting) => (
                  <li key={`${sighting.path} ${sighting.receivedAt}`}>
                    {sentenceCase(SOURCE_WORDS[sighting.path])} <Time at={sighting.receivedAt} />
                  </li>
                ))}
              </ul>
            ),
          },
          {
            term: 'Place',
            value: (
              <>
                page {formatCount(evidence.pageNumber)}, bytes {formatCount(evidence.offset)} to{' '}
                {formatCount(evidence.offset + evidence.length)}{' '}
                <CopyableId id={evidence.pageId} label="page id" />
              </>
            ),
          },
          ...(evidence.queryId === null
            ? []
            : [{ term: 'Query', value: <CopyableId id={evidence.queryId} label="query id" full /> }]),
          ...(evidence.url === null
            ? []
            : [
                {
                  term: 'Address asked',
                  value: <span className="font-mono text-xs wrap-anywhere">{evidence.url}</span>,
                },
              ]),
          {
            term: 'Record SHA-256',
            value: <CopyableId id={evidence.recordSha256} label="SHA-256 of the record" full />,
          },
          {
            term: 'Page SHA-256',
            value: <CopyableId id={evidence.pageSha256} label="SHA-256 of the page" full />,
          },
          {
            term: 'Ledger',
            value:
              change.ledger.index === null ? (
                <OutcomeMark outcome="not_evaluated" word="Not sealed" />
              ) : (
                <>number {formatCount(change.ledger.index)}</>
              ),
          },
          { term: 'Leaf hash', value: <CopyableId id={change.ledger.leafHash} label="leaf hash" full /> },
          { term: 'Read by', value: `normaliser version ${change.normaliserVersion}` },
          ...(change.unknownFields.length === 0
            ? []
            : [
                {
                  term: 'Unknown fields',
                  value: <span className="font-mono text-sm">{change.unknownFields.join(', ')}</span>,
                },
              ]),
        ]}
      />
    </Section>
  );
}
