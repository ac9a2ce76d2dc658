'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data/data-table';
import { countOf } from '@/components/ui/data/format';
import { Panel } from '@/components/ui/layout/panel';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import { TAGS_PATH } from '../settings-paths';
import { divisionColumns, narrowDivision } from './division-columns';
import {
  draftOf,
  draftProblem,
  isEdited,
  type TagDraft,
  type TagEdits,
  type TaggedDivision,
  tagsBody,
} from './tag-edits';

type OrganizationDivisionsProps = {
  readonly orgId: string;
  readonly name: string;
  readonly divisions: readonly TaggedDivision[];
};

/** The divisions of one organisation with their tags; all edits are saved together. */
export function OrganizationDivisions({ orgId, name, divisions }: OrganizationDivisionsProps) {
  const may = useMay('settings.write');
  const say = useNotice();
  const [edits, setEdits] = useState<TagEdits>({});
  const save = useCommand<ReturnType<typeof tagsBody>, unknown>(
    (body) => ({ method: 'PUT', path: TAGS_PATH, body }),
    {
      onDone: () => {
        setEdits({});
        say('Saved the tags; they apply from now on');
      },
    },
  );
  const edited = divisions.filter((division) => isEdited(division, edits));
  const wrong = edited.find((division) => draftProblem(edits[division.id] ?? draftOf(division)) !== null);
  const tagged = divisions.filter((division) => division.tag !== null).length;
  const form = {
    may,
    regions: `regions-${orgId}`,
    draftOf: (division: TaggedDivision) => edits[division.id] ?? draftOf(division),
    onChange: (division: TaggedDivision, draft: TagDraft) => setEdits({ ...edits, [division.id]: draft }),
  };
  return (
    <Panel title={name} aside={`${countOf(divisions.length, 'division')}, ${tagged} tagged`}>
      <datalist id={form.regions}>
        {[...new Set(divisions.flatMap((division) => division.tag?.region ?? []))].sort().map((region) => (
          <option key={region} value={region} />
        ))}
      </datalist>
      <DataTable
        caption={`Divisions of ${name} with their tags`}
        rows={divisions}
        keyOf={(division) => division.id}
        columns={divisionColumns(form)}
        narrow={(division) => narrowDivision(division, form)}
      />
      {save.isError ? <ErrorState doing="cannot save the tags" error={save.error} /> : null}
      {edited.length === 0 ? null : (
        <div className="sticky bottom-14 z-10 mt-3 flex flex-wrap items-center gap-3 rounded-md border bg-surface p-3 shadow-float md:bottom-4">
          <span className="min-w-0 flex-1">
            {countOf(edited.length, 'division')} changed
            {wrong === undefined ? (
              <span className="text-muted">; applies to moves from now on</span>
            ) : (
              <span className="text-unlinked">
                ; {wrong.name}: {draftProblem(form.draftOf(wrong))}
              </span>
            )}
          </span>
          <Button onClick={() => setEdits({})}>Leave as it was</Button>
          <Button
            look="primary"
            busy={save.isPending}
            disabled={wrong !== undefined}
            onClick={() => save.mutate(tagsBody(orgId, divisions, edits))}
          >
            Save
          </Button>
        </div>
      )}
    </Panel>
  );
}
