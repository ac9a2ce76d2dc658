'use client';

import { useHydrated } from '@/components/hooks/use-hydrated';
import { classes } from '@/components/ui/classes';
import { useZone } from '@/components/url/use-zone';
import { formatInstant, UTC } from './format-time';

type TimeProps = {
  readonly at: string;
  readonly precision?: 'second' | 'minute' | 'day';
  readonly className?: string;
};

/** An instant in Mono with its zone; the reader's own local time on hover. */
export function Time({ at, precision = 'second', className }: TimeProps) {
  const zone = useZone();
  const hydrated = useHydrated();
  const local = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : UTC;
  const other = zone === local ? UTC : local;
  return (
    <time
      dateTime={at}
      title={hydrated ? `${formatInstant(at, other)} (${other})` : undefined}
      className={classes('font-mono text-sm whitespace-nowrap', className)}
    >
      {formatInstant(at, zone, precision)}
    </time>
  );
}
