import { Time } from '@/components/ui/data/time';
import type { AlertDto } from '@/lib/alerts/contract/alerts';
import { formatDelay } from '../delay';

/** From the event to somebody being told, as stations on a line, each with its distance from the event. */
export function DelayLine({ alert }: { readonly alert: AlertDto }) {
  const { toReceived, toAlert, toDelivered } = alert.delays;
  const stations = [
    { word: 'Event', text: <Time at={alert.firstEventAt} /> },
    { word: 'Received', text: toReceived === null ? 'not applicable' : `after ${formatDelay(toReceived)}` },
    { word: 'Alert', text: `after ${formatDelay(toAlert)}` },
    {
      word: 'First delivery',
      text:
        toDelivered !== null
          ? `after ${formatDelay(toDelivered)}`
          : alert.state === 'historic'
            ? 'none: found later'
            : 'not yet',
    },
  ];
  return (
    <ol aria-label="How long it took" className="mt-4 grid grid-cols-2 gap-y-2 sm:grid-cols-4">
      {stations.map((station) => (
        <li key={station.word} className="relative border-t border-line-strong/60 pt-2 pr-3">
          <span aria-hidden className="absolute -top-[3px] left-0 size-[5px] bg-line-strong" />
          <span className="block text-xs text-muted">{station.word}</span>
          <span className="text-sm">{station.text}</span>
        </li>
      ))}
    </ol>
  );
}
