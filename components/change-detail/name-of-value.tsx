'use client';

import { CopyableId } from '@/components/ui/data/copyable-id';
import { Tooltip } from '@/components/ui/overlay/tooltip';
import { useZone } from '@/components/url/use-zone';
import type { NameAt } from '@/lib/changes/contract';
import { provenanceOf } from './provenance';

/** A value of the record: where it is an id, its name of that moment first, the id beneath, how we know on hover and focus. */
export function NameOfValue({ value, name }: { readonly value: string; readonly name: NameAt | null }) {
  const zone = useZone();
  if (name === null)
    return <span className="font-mono text-sm wrap-anywhere whitespace-pre-wrap">{value}</span>;
  return (
    <span className="block">
      <Tooltip content={provenanceOf(name, zone)}>
        <button
          type="button"
          className="cursor-help rounded-sm text-left underline decoration-line-strong decoration-dotted underline-offset-3"
        >
          {name.name === null ? <span className="text-late">unresolved</span> : <bdi>{name.name}</bdi>}
        </button>
      </Tooltip>
      <CopyableId id={value} label="id" ownLine />
    </span>
  );
}
