import type { ReactNode } from 'react';
import { SENSITIVITY_WORDS } from '@/components/moves/words';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyableId } from '@/components/ui/data/copyable-id';
import type { Column } from '@/components/ui/data/data-table';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { Sensitivity, TagDraft, TaggedDivision } from './tag-edits';

type TagForm = {
  readonly may: boolean;
  /** Id of the list of regions in use. */
  readonly regions: string;
  readonly draftOf: (division: TaggedDivision) => TagDraft;
  readonly onChange: (division: TaggedDivision, draft: TagDraft) => void;
};

const SENSITIVITIES: readonly { readonly value: Sensitivity; readonly label: string }[] = [
  { value: 'normal', label: SENSITIVITY_WORDS.normal },
  { value: 'restricted', label: SENSITIVITY_WORDS.restricted },
  { value: 'high_security', label: SENSITIVITY_WORDS.high_security },
];

/** Name, tag and who set it; fields for whoever may change them. */
export function divisionColumns(form: TagForm): readonly Column<TaggedDivision>[] {
  return [
    {
      id: 'name',
      header: 'Division',
      className: 'min-w-48',
      cell: (division) => <Name division={division} form={form} />,
    },
    {
      id: 'objects',
      header: 'Objects',
      align: 'right',
      cell: (division) => formatCount(division.objects),
    },
    {
      id: 'region',
      header: 'Region',
      className: 'w-44',
      cell: (division) => <Region division={division} form={form} />,
    },
    {
      id: 'sensitivity',
      header: 'Sensitivity',
      className: 'w-44',
      cell: (division) => <SensitivityOf division={division} form={form} />,
    },
    {
      id: 'rank',
      header: 'Rank',
      className: 'w-28',
      cell: (division) => <Rank division={division} form={form} />,
    },
    { id: 'since', header: 'Set', cell: (division) => <Since division={division} /> },
  ];
}

/** The same beneath each other. */
export function narrowDivision(division: TaggedDivision, form: TagForm) {
  return {
    first: <Name division={division} form={form} />,
    second: (
      <>
        <span>{countOf(division.objects, 'object')}</span>
        <Since division={division} />
        <span className="mt-1 grid w-full grid-cols-3 gap-2">
          <Labelled word="Region">
            <Region division={division} form={form} />
          </Labelled>
          <Labelled word="Sensitivity">
            <SensitivityOf division={division} form={form} />
          </Labelled>
          <Labelled word="Rank">
            <Rank division={division} form={form} />
          </Labelled>
        </span>
      </>
    ),
  };
}

function Labelled({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <span className="min-w-0">
      <span aria-hidden className="block text-xs">
        {word}
      </span>
      <span className="text-ink">{children}</span>
    </span>
  );
}

type CellProps = { readonly division: TaggedDivision; readonly form: TagForm };

function Name({ division, form }: CellProps) {
  const { suggested } = division;
  const open = suggested !== null && form.draftOf(division).sensitivity === 'normal' && !division.deleted;
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <bdi>{division.name}</bdi>
        {division.deleted ? <Badge>Deleted</Badge> : null}
        <CopyableId id={division.id} label="division id" />
      </span>
      {open ? (
        <span className="mt-0.5 flex flex-wrap items-center gap-2 text-sm text-late">
          Its name suggests {SENSITIVITY_WORDS[suggested].toLowerCase()}; nobody confirmed it.
          {form.may ? (
            <Button
              size="small"
              onClick={() => form.onChange(division, { ...form.draftOf(division), sensitivity: suggested })}
            >
              Confirm
            </Button>
          ) : null}
        </span>
      ) : null}
    </>
  );
}

function editable({ division, form }: CellProps): boolean {
  return form.may && !division.deleted;
}

function Region(props: CellProps) {
  const { division, form } = props;
  const draft = form.draftOf(division);
  if (!editable(props)) return draft.region === '' ? <NotSaid /> : draft.region;
  return (
    <Input
      aria-label={`Region of ${division.name}`}
      list={form.regions}
      value={draft.region}
      maxLength={100}
      placeholder="none"
      onChange={(event) => form.onChange(division, { ...draft, region: event.currentTarget.value })}
    />
  );
}

function SensitivityOf(props: CellProps) {
  const { division, form } = props;
  const draft = form.draftOf(division);
  if (!editable(props)) return division.tag === null ? <NotSaid /> : SENSITIVITY_WORDS[draft.sensitivity];
  return (
    <Select
      label={`Sensitivity of ${division.name}`}
      value={draft.sensitivity}
      options={SENSITIVITIES}
      onChange={(sensitivity) => form.onChange(division, { ...draft, sensitivity })}
    />
  );
}

function Rank(props: CellProps) {
  const { division, form } = props;
  const draft = form.draftOf(division);
  if (!editable(props)) return draft.rank === '' ? <NotSaid /> : draft.rank;
  return (
    <Input
      aria-label={`Rank of ${division.name}`}
      inputMode="numeric"
      value={draft.rank}
      maxLength={4}
      placeholder="none"
      onChange={(event) => form.onChange(division, { ...draft, rank: event.currentTarget.value.trim() })}
    />
  );
}

function Since({ division }: { readonly division: TaggedDivision }) {
  if (division.tag === null) return <span className="text-muted">never tagged</span>;
  return (
    <span className="text-sm">
      <Time at={division.tag.since} precision="minute" />
      <span className="block text-xs text-muted">{division.tag.setBy}</span>
    </span>
  );
}

function NotSaid() {
  return <span className="text-muted">not said</span>;
}
