'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { ChartFrame } from '@/components/charts/chart-frame';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { ErrorState } from '@/components/ui/state/error-state';
import { Skeleton } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { OccurrenceDto, OccurrencesDto } from '@/lib/directory/contract/windows';
import { toIso } from '@/lib/kernel/instant';
import { WINDOWS_PATH } from '../settings-paths';
import { calendarDays, calendarRange, dayAfter, mondayOf } from './calendar-days';
import { DayRows } from './day-rows';

const SPANS = { week: 7, month: 35 } as const;

/** The calendar of a week or of five: a row a day, windows shaded and freezes hatched, in the zone of the page. */
export function CalendarPicture() {
  const { params, setParams, orgs } = useScope();
  const zone = useZone();
  const hydrated = useHydrated();
  const [today] = useState(() => new Date());
  const span = params.get('view') === 'month' ? 'month' : 'week';
  const asked = params.get('day');
  const first = mondayOf(
    asked !== null && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? new Date(`${asked}T12:00:00Z`) : today,
    zone,
  );
  const shape = { first, count: SPANS[span], zone };
  const range = calendarRange(shape);
  const query = new URLSearchParams({ from: toIso(range.from), to: toIso(range.to) });
  for (const org of orgs) query.append('org', org);
  const answer = useApi<OccurrencesDto>(hydrated ? `${WINDOWS_PATH}/occurrences?${query}` : null, {
    keep: true,
  });
  const go = (more: Record<string, string>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(more)) next.set(name, value);
    setParams(next, 'replace');
  };
  const last = dayAfter(first, SPANS[span] - 1);
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Button size="small" onClick={() => go({ day: dayAfter(first, -SPANS[span]) })}>
          Earlier<span className="sr-only">, the {span} before</span>
        </Button>
        <Button size="small" onClick={() => go({ day: mondayOf(today, zone) })}>
          This week
        </Button>
        <Button size="small" onClick={() => go({ day: dayAfter(first, SPANS[span]) })}>
          Later<span className="sr-only">, the {span} after</span>
        </Button>
        <span className="font-mono text-sm">
          {first} to {last}
        </span>
        <span className="ml-auto flex gap-2">
          {(['week', 'month'] as const).map((one) => (
            <Button
              key={one}
              size="small"
              aria-pressed={one === span}
              look={one === span ? 'plain' : 'quiet'}
              onClick={() => go({ view: one })}
            >
              {one === 'week' ? 'Week' : 'Five weeks'}
            </Button>
          ))}
        </span>
      </div>
      {answer.isError ? (
        <ErrorState
          doing="cannot show the calendar"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <Skeleton className="h-56 w-full" />
      ) : (
        <ChartFrame<OccurrenceDto>
          name={`Change windows and freezes from ${first} to ${last}, hours of the day in ${zone}`}
          height={24 + SPANS[span] * (span === 'week' ? 34 : 18)}
          rows={answer.data.items}
          keyOf={(one) => `${one.windowId} ${one.from}`}
          columns={[
            { header: 'Name', cell: (one) => one.name },
            { header: 'What', cell: (one) => (one.kind === 'freeze' ? 'Freeze' : 'Window') },
            { header: 'From', cell: (one) => <Time at={one.from} precision="minute" /> },
            { header: 'To', cell: (one) => <Time at={one.to} precision="minute" /> },
            {
              header: 'About',
              cell: (one) => (one.wholeOrganization ? 'The whole organisation' : 'A part of it'),
            },
          ]}
          note={`${countOf(answer.data.items.length, 'opening')}; windows shaded, freezes hatched`}
        >
          <DayRows days={calendarDays(answer.data.items, shape)} now={today} dense={span === 'month'} />
        </ChartFrame>
      )}
    </div>
  );
}
