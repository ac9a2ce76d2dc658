'use client';

import { Kbd } from '@/components/ui/kbd';
import { Dialog } from '@/components/ui/overlay/dialog';
import { SHORTCUTS } from './shortcuts';
import { usePanels } from './use-shortcuts';

const PLACES = [...new Set(SHORTCUTS.map((one) => one.where))];

export function ShortcutList() {
  const { list, showList } = usePanels();
  return (
    <Dialog open={list} onClose={() => showList(false)} title="Keys">
      {PLACES.map((place) => (
        <section key={place} className="mb-4">
          <h3 className="rule-heading mb-2">{place}</h3>
          <dl className="grid grid-cols-[7rem_1fr] gap-y-1.5">
            {SHORTCUTS.filter((one) => one.where === place).map((one) => (
              <div key={one.does} className="contents">
                <dt className="flex gap-1">
                  {one.keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd>{one.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
