'use client';

import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Popover } from '@/components/ui/overlay/popover';
import {
  COLUMN_IDS,
  COLUMN_WORDS,
  type ColumnId,
  DEFAULT_COLUMNS,
  moveColumn,
  toggleColumn,
} from './columns';

type ColumnChooserProps = {
  readonly columns: readonly ColumnId[];
  readonly onChange: (columns: readonly ColumnId[]) => void;
  readonly density: 'normal' | 'compact';
  readonly onDensity: (density: 'normal' | 'compact') => void;
};

/** Which columns, in which order, how tall the rows. */
export function ColumnChooser({ columns, onChange, density, onDensity }: ColumnChooserProps) {
  const [open, setOpen] = useState(false);
  const inOrder = [...columns, ...COLUMN_IDS.filter((id) => !columns.includes(id))];
  return (
    <Popover
      label="Columns"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button className="max-md:hidden">
          <Columns3 aria-hidden size={14} /> Columns
          <span className="text-muted">
            {columns.length}/{COLUMN_IDS.length}
          </span>
        </Button>
      }
    >
      <div className="w-64">
        <ul>
          {inOrder.map((id) => (
            <li key={id} className="flex items-center gap-1">
              <Checkbox
                label={COLUMN_WORDS[id]}
                checked={columns.includes(id)}
                disabled={id === 'what'}
                onChange={() => onChange(toggleColumn(columns, id))}
                className="flex-1"
              />
              {columns.includes(id) && id !== 'what' ? (
                <>
                  <Mover id={id} by={-1} columns={columns} onChange={onChange} />
                  <Mover id={id} by={1} columns={columns} onChange={onChange} />
                </>
              ) : null}
            </li>
          ))}
        </ul>
        <div className="mt-2 flex items-center justify-between border-t pt-2">
          <Checkbox
            label="Compact rows"
            checked={density === 'compact'}
            onChange={(event) => onDensity(event.currentTarget.checked ? 'compact' : 'normal')}
          />
          <Button look="quiet" size="small" onClick={() => onChange(DEFAULT_COLUMNS)}>
            Reset
          </Button>
        </div>
      </div>
    </Popover>
  );
}

function Mover({
  id,
  by,
  columns,
  onChange,
}: {
  readonly id: ColumnId;
  readonly by: -1 | 1;
  readonly columns: readonly ColumnId[];
  readonly onChange: (columns: readonly ColumnId[]) => void;
}) {
  const next = moveColumn(columns, id, by);
  const Icon = by === -1 ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      disabled={next === columns}
      onClick={() => onChange(next)}
      aria-label={`Move ${COLUMN_WORDS[id]} ${by === -1 ? 'to the left' : 'to the right'}`}
      className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-sunken hover:text-ink disabled:opacity-30"
    >
      <Icon aria-hidden size={13} />
    </button>
  );
}
