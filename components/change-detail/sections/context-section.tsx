import Link from 'next/link';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import { Section } from '../section';

/** What else the record says: who and what by id, and its context, as it came. */
export function ContextSection({ change }: { readonly change: ChangeDetailDto }) {
  const entries = Object.entries(change.context);
  return (
    <Section title="Who and where">
      <Definition
        rows={[
          {
            term: 'Actor',
            value: <IdWithName id={change.actor.id} name={change.actor.name} label="actor id" />,
          },
          ...(change.client === null
            ? []
            : [
                {
                  term: 'Client',
                  value: <IdWithName id={change.client.id} name={change.client.name} label="client id" />,
                },
              ]),
          {
            term: 'Object',
            value: <IdWithName id={change.entity.id} name={change.entity.name} label="object id" />,
          },
          {
            term: 'Kind',
            value: (
              <span>
                {change.service} · {change.entityType} · <span className="font-mono">{change.action}</span> ·
                level <span className="font-mono">{change.level}</span>
              </span>
            ),
          },
          ...(change.entity.id === null
            ? []
            : [
                {
                  term: 'Its history',
                  value: (
                    <Link
                      href={`/changes?entity=${encodeURIComponent(change.entity.id)}&accountable=all&period=90d`}
                      className="door"
                    >
                      All changes of this object, 90 days
                    </Link>
                  ),
                },
              ]),
          ...(change.transactionId === null
            ? []
            : [
                {
                  term: 'Transaction',
                  value: <CopyableId id={change.transactionId} label="transaction id" full />,
                },
              ]),
          ...(change.correlationId === null
            ? []
            : [
                {
                  term: 'Correlation',
                  value: <CopyableId id={change.correlationId} label="correlation id" full />,
                },
              ]),
          ...entries.map(([term, value]) => ({
            term,
            value: <span className="font-mono text-sm wrap-anywhere">{value}</span>,
          })),
        ]}
      />
    </Section>
  );
}

function IdWithName({
  id,
  name,
  label,
}: {
  readonly id: string | null;
  readonly name: string | null;
  readonly label: string;
}) {
  return (
    <>
      {name === null ? (
        <span className="text-muted">{id === null ? 'not given' : 'name unresolved'}</span>
      ) : (
        <bdi>{name}</bdi>
      )}{' '}
      {id === null ? null : <CopyableId id={id} label={label} keep={8} />}
    </>
  );
}
