'use client';

import { useEffect, useState } from 'react';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { Time } from '@/components/ui/data/time';
import { formatClockTo } from './clock';

/** Less than this left is told in red. */
const SOON_MS = 10 * 60_000;

/** How long there is left, counting down by the second; the instant itself on the server and for those who read it out. */
export function Countdown({ until }: { readonly until: string }) {
  const hydrated = useHydrated();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (!hydrated) return <Time at={until} />;
  const left = Date.parse(until) - now;
  const colour = left <= SOON_MS ? 'text-unlinked' : 'text-late';
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span role="timer" className={`font-mono font-medium ${colour}`}>
        {left <= 0 ? 'time is up' : formatClockTo(left)}
      </span>
      <span className="text-sm text-muted">
        until <Time at={until} precision="minute" />
      </span>
    </span>
  );
}
