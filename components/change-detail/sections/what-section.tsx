'use client';

import { keyed } from '@/components/ui/data/keyed';
import { useZone } from '@/components/url/use-zone';
import type { ChangeDetailDto, NameAt, PropertyChangeDto } from '@/lib/changes/contract';
import { NameOfValue } from '../name-of-value';
import { provenanceOf } from '../provenance';
import { Section } from '../section';

/** Longer lists of properties fold after these. */
const SHOWN = 12;

/** Every property the record names, before and after, with the names of that moment. */
export function WhatSection({ change }: { readonly change: ChangeDetailDto }) {
  const rows = change.propertyChanges;
  return (
    <Section title="What">
      {rows.length === 0 ? (
        <p className="text-muted">
          The record names no property: it says only that the action{' '}
          <span className="font-mono">{change.action}</span> was taken on this {change.entityType}.
        </p>
      ) : (
        <>
          <PropertyTable rows={rows.slice(0, SHOWN)} />
          {rows.length > SHOWN ? (
            <details>
              <summary className="min-h-6 text-sm text-muted hover:text-ink">
                {rows.length - SHOWN} more properties
              </summary>
              <PropertyTable rows={rows.slice(SHOWN)} />
            </details>
          ) : null}
        </>
      )}
      <NamesNote change={change} />
      {change.message === null || change.message === '' ? null : (
        <p className="mt-3">
          <span className="text-sm text-muted">Message of the record: </span>
          <span dir="auto">{change.message}</span>
        </p>
      )}
    </Section>
  );
}

function PropertyTable({ rows }: { readonly rows: readonly PropertyChangeDto[] }) {
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <thead>
        <tr className="text-left text-xs text-muted">
          <th scope="col" className="w-[28%] py-1 pr-2 font-medium">
            Property
          </th>
          <th scope="col" className="py-1 pr-2 font-medium">
            Before
          </th>
          <th scope="col" className="py-1 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {keyed(rows, (row) => row.property).map(({ key, item: row }) => (
          <tr key={key} className="border-t align-top">
            <th scope="row" className="py-1.5 pr-2 text-left font-mono font-normal wrap-anywhere">
              {row.property}
            </th>
            <td className="py-1.5 pr-2">
              <Values values={row.oldValues} names={row.oldNames} />
            </td>
            <td className="py-1.5">
              <Values values={row.newValues} names={row.newNames} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Values({
  values,
  names,
}: {
  readonly values: readonly string[];
  readonly names: readonly (NameAt | null)[];
}) {
  if (values.length === 0) return <span className="text-muted">none</span>;
  return (
    <ul className="flex flex-col gap-1">
      {keyed(values, String).map(({ key, item: value, index }) => (
        <li key={key}>
          {value === '' ? (
            <span className="text-muted">empty</span>
          ) : (
            <NameOfValue value={value} name={names[index] ?? null} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** One line on where the names of this record come from. */
function NamesNote({ change }: { readonly change: ChangeDetailDto }) {
  const zone = useZone();
  const names = [
    change.entityNameAt,
    change.actorNameAt,
    ...change.propertyChanges.flatMap((row) => [...row.oldNames, ...row.newNames]),
  ].filter((name) => name !== null);
  const said = [...new Set(names.map((name) => provenanceOf(name, zone)))];
  if (said.length === 0) return null;
  return <p className="mt-2 text-xs text-muted">Names: {said.join('; ')}.</p>;
}
