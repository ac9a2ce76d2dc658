'use client';

import { Download } from 'lucide-react';
import { apiPath } from '@/components/api/api-key';
import { useMay } from '@/components/frame/use-me';
import { Button } from '@/components/ui/button';
import { formatCount, plural } from '@/components/ui/data/format';
import { Menu } from '@/components/ui/overlay/menu';
import type { ChangeFilterState, changeQuery } from './filter/change-filter';

type ExportMenuProps = {
  readonly query: ReturnType<typeof changeQuery>;
  readonly filter: ChangeFilterState;
  /** Exactly how many rows the file will hold. */
  readonly total: number | undefined;
  /** Whether `total` is of this filter already. */
  readonly settled: boolean;
};

/** Exports exactly what is filtered, not what is on this page; the button says how many that is. */
export function ExportMenu({ query, filter, total, settled }: ExportMenuProps) {
  const may = useMay('changes.export');
  if (!may || total === undefined) return null;
  const get = (format: 'csv' | 'jsonl', bom = false) => {
    const path = apiPath('/api/v1/changes/export', {
      ...query,
      format,
      sort: filter.sort,
      ...(bom ? { bom: 'true' } : {}),
    });
    window.location.assign(path);
  };
  return (
    <Menu
      align="end"
      trigger={
        <Button disabled={total === 0 || !settled}>
          <Download aria-hidden size={14} /> Export {formatCount(total)} {plural(total, 'row')}
        </Button>
      }
      items={[
        { kind: 'item', key: 'csv', label: 'CSV', onSelect: () => get('csv') },
        {
          kind: 'item',
          key: 'bom',
          label: 'CSV for spreadsheets (with byte-order mark)',
          onSelect: () => get('csv', true),
        },
        {
          kind: 'item',
          key: 'jsonl',
          label: 'JSON lines, every property change',
          onSelect: () => get('jsonl'),
        },
      ]}
    />
  );
}
