import { countOf, formatCount } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import type { TimelineDto } from '@/lib/changes/contract/timeline';

/** Windows, freezes and gaps of the period in words: what the bands behind the marks are. */
export function CalendarList({ data }: { readonly data: TimelineDto }) {
  const { spans, gaps } = data;
  if (spans.length === 0 && gaps.length === 0) return null;
  const freezes = spans.filter((span) => span.kind === 'freeze').length;
  const parts = [
    ...(spans.length > freezes ? [countOf(spans.length - freezes, 'change window')] : []),
    ...(freezes > 0 ? [countOf(freezes, 'freeze')] : []),
    ...(gaps.length > 0 ? [`${countOf(data.missingHours, 'hour')} not collected`] : []),
  ];
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit text-muted hover:text-ink">{parts.join(' · ')} in this period</summary>
      <ul className="mt-1 flex max-h-56 flex-col gap-0.5 overflow-y-auto">
        {gaps.map((gap) => (
          <li key={`gap ${gap.from}`}>
            <Span from={gap.from} to={gap.to} /> {gap.state === 'gap' ? 'not collected' : 'not evaluated'}
            {gap.because === null ? '' : `: ${gap.because}`}
          </li>
        ))}
        {spans.map((span) => (
          <li key={`${span.id} ${span.from}`}>
            <Span from={span.from} to={span.to} /> {span.kind === 'freeze' ? 'Freeze' : 'Window'}{' '}
            <span className="font-medium">{span.name}</span>, {span.scope}
            {span.approver === null ? '' : `, approved by ${span.approver}`}
          </li>
        ))}
        {data.spansLeftOut > 0 ? (
          <li className="text-muted">and {formatCount(data.spansLeftOut)} more; zoom in to see them</li>
        ) : null}
      </ul>
    </details>
  );
}

function Span({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <span className="font-mono text-xs text-muted">
      {formatInstant(from, 'UTC', 'minute')} to {formatInstant(to, 'UTC', 'minute')}
    </span>
  );
}
