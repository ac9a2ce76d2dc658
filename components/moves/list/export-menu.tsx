'use client';

import { Download } from 'lucide-react';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { Menu, type MenuItem } from '@/components/ui/overlay/menu';
import { useScope } from '@/components/url/use-scope';
import { isMoveFiltered, readMoveFilter } from '../filter/move-filter';
import { moveExportPath } from '../paths';

const FORMATS = [
  { format: 'pdf', bom: false, label: 'PDF report' },
  { format: 'csv', bom: false, label: 'CSV' },
  { format: 'csv', bom: true, label: 'CSV for spreadsheets (with byte-order mark)' },
  { format: 'jsonl', bom: false, label: 'JSON lines' },
] as const;

/** The report under the filters of the list: of its period, or of the last 12 months, which an audit usually asks for. */
export function MoveExportMenu({ total }: { readonly total: number | undefined }) {
  const may = useMay('moves.export');
  const scope = useScope();
  const filter = readMoveFilter(scope.params);
  if (!may || total === undefined) return null;
  const items = (span: 'period' | 'year'): readonly MenuItem[] =>
    FORMATS.map(({ format, bom, label }) => ({
      kind: 'item',
      key: `${span} ${label}`,
      label,
      disabled: span === 'period' && total === 0,
      onSelect: () => window.location.assign(moveExportPath(filter, scope, { format, bom }, span)),
    }));
  return (
    <Menu
      align="end"
      trigger={
        <Button>
          <Download aria-hidden size={14} /> Export
        </Button>
      }
      items={[
        { kind: 'heading', key: 'period', label: `This period, ${countOf(total, 'move')}` },
        ...items('period'),
        { kind: 'line', key: 'line' },
        {
          kind: 'heading',
          key: 'year',
          label: isMoveFiltered(filter)
            ? 'The last 12 months, same filters'
            : 'The last 12 months, every move',
        },
        ...items('year'),
      ]}
    />
  );
}
