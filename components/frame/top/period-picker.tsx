'use client';

import { CalendarRange, ChevronDown } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { UTC } from '@/components/ui/data/format-time';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Popover } from '@/components/ui/overlay/popover';
import {
  describeDays,
  describePeriod,
  type Period,
  PRESET_WORDS,
  PRESETS,
  readLocalInput,
  toLocalInput,
  withPeriod,
} from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';

/** The period and its zone; both stand in the address. */
export function PeriodPicker() {
  const [open, setOpen] = useState(false);
  const { period, range } = useScope();
  const zone = useZone();
  const text = describePeriod(period, zone);
  return (
    <Popover
      label="Period"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" className="min-w-0 shrink! px-1.5 max-sm:shrink-0!">
          <CalendarRange aria-hidden size={15} className="shrink-0 text-muted max-sm:hidden" />
          <span className="sr-only">Period: </span>
          <span className="min-w-0 truncate">
            {period.kind === 'relative' ? (
              <>
                {PRESET_WORDS[period.preset]}
                {/* On a phone the page's own heading says the zone. */}
                <span className="text-muted max-sm:hidden">, {zone}</span>
              </>
            ) : (
              <>
                <span className="hidden font-mono text-sm sm:inline">{text}</span>
                <span className="sm:hidden">{describeDays(range, new Date().getUTCFullYear())}</span>
              </>
            )}
          </span>
          <ChevronDown aria-hidden size={14} className="shrink-0 text-muted" />
        </Button>
      }
    >
      <PeriodForm onDone={() => setOpen(false)} />
    </Popover>
  );
}

function PeriodForm({ onDone }: { readonly onDone: () => void }) {
  const { period, range, params, setParams } = useScope();
  const zone = useZone();
  const hydrated = useHydrated();
  const local = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : UTC;
  const [problem, setProblem] = useState<string | null>(null);

  const choose = (next: Period) => {
    setParams(withPeriod(params, next));
    onDone();
  };
  const chooseZone = (next: string) => {
    const changed = new URLSearchParams(params);
    if (next === UTC) changed.delete('zone');
    else changed.set('zone', next);
    setParams(changed);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = readLocalInput(String(form.get('from')), zone);
    const to = readLocalInput(String(form.get('to')), zone);
    if (from === null || to === null) setProblem('Both ends need a date and a time.');
    else if (from >= to) setProblem('The start has to lie before the end.');
    else choose({ kind: 'absolute', from, to });
  };

  return (
    <div className="flex w-84 max-w-full flex-col gap-4">
      <div className="flex flex-wrap gap-1.5">
        {PRESETS.map((preset) => (
          <Chip
            key={preset}
            pressed={period.kind === 'relative' && period.preset === preset}
            onPress={() => choose({ kind: 'relative', preset })}
          >
            {PRESET_WORDS[preset]}
          </Chip>
        ))}
      </div>
      <form key={zone} onSubmit={submit} className="flex flex-col gap-3 border-t pt-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={`From (${zone})`} required>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                name="from"
                defaultValue={toLocalInput(range.from, zone)}
              />
            )}
          </Field>
          <Field label={`To, not included (${zone})`} required>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                name="to"
                defaultValue={toLocalInput(range.to, zone)}
              />
            )}
          </Field>
        </div>
        {problem === null ? null : (
          <p role="alert" className="text-sm text-unlinked">
            {problem}
          </p>
        )}
        <Button type="submit" look="primary" className="self-start">
          Show this period
        </Button>
      </form>
      <div className="flex flex-wrap items-center gap-1.5 border-t pt-3 text-sm">
        <span className="text-muted">Times shown in</span>
        {[...new Set([UTC, local, zone])].map((one) => (
          <Chip key={one} pressed={zone === one} onPress={() => chooseZone(one)}>
            {one}
          </Chip>
        ))}
      </div>
      <p className="text-xs text-muted">
        Days are UTC days, today included; they do not move with the zone, so that a rate stays the same for
        every reader.
      </p>
    </div>
  );
}
