import { useId } from 'react';
import { ActionShape } from '@/components/charts/action-shape';
import type { TimelineDto } from '@/lib/changes/contract/timeline';
import { ACTION_KINDS } from '@/lib/changes/model/timeline/action-kind';
import { ACTION_WORDS, GRAIN_WORDS } from '../words';
import { RISK_LOOKS } from './item-drawing';
import { Patterns } from './parts';

/** What every sign means; only those in the picture. */
export function Legend({ data }: { readonly data: TimelineDto }) {
  const id = useId().replaceAll(':', '');
  const ids = { gap: `lg-${id}`, freeze: `lf-${id}` };
  const marks = data.drawn === 'marks';
  return (
    <ul
      aria-label="What the signs mean"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted"
    >
      {marks
        ? ACTION_KINDS.map((kind) => (
            <Sign key={kind} word={ACTION_WORDS[kind]}>
              <ActionShape kind={kind} r={5.2} className="fill-transparent stroke-muted stroke-[1.4]" />
            </Sign>
          ))
        : null}
      <Sign word="critical">
        {marks ? (
          <ActionShape kind="create" r={5.5} className={RISK_LOOKS.critical} />
        ) : (
          <rect x={-5} y={-5} width={10} height={10} className="fill-unlinked" />
        )}
      </Sign>
      <Sign word="high">
        {marks ? (
          <ActionShape kind="create" r={5.5} className={RISK_LOOKS.high} />
        ) : (
          <rect x={-4.5} y={-4.5} width={9} height={9} className={RISK_LOOKS.high} />
        )}
      </Sign>
      {data.marks.some((mark) => mark.kind === 'session') ? (
        <Sign word="session, its area by its number of changes">
          <ActionShape kind="create" r={7} className="fill-surface stroke-line-strong" />
          <ActionShape kind="create" r={4} className={RISK_LOOKS.high} />
        </Sign>
      ) : null}
      {data.marks.some((mark) => mark.kind === 'change' && mark.session !== null) ? (
        <Sign word="part of a session">
          <circle r={6.5} fill="none" strokeDasharray="2.2 2.2" className="stroke-muted" />
          <circle r={3} className={RISK_LOOKS.high} />
        </Sign>
      ) : null}
      {data.spans.some((span) => span.kind === 'window') ? (
        <Sign word="approved window">
          <rect x={-7} y={-6} width={14} height={12} className="fill-linked/15" />
          <rect x={-7} y={-6} width={14} height={2} className="fill-linked" />
        </Sign>
      ) : null}
      {data.spans.some((span) => span.kind === 'freeze') ? (
        <Sign word="freeze" ids={ids}>
          <rect x={-7} y={-6} width={14} height={12} fill={`url(#${ids.freeze})`} />
          <rect x={-7} y={-6} width={14} height={2} className="fill-accent" />
        </Sign>
      ) : null}
      {data.gaps.length > 0 ? (
        <Sign word="not collected" ids={ids}>
          <rect x={-7} y={-5} width={14} height={10} fill={`url(#${ids.gap})`} className="stroke-unlinked" />
        </Sign>
      ) : null}
      {marks ? null : <li>one bar {GRAIN_WORDS[data.grain]}, both lanes to one scale</li>}
    </ul>
  );
}

function Sign({
  word,
  ids,
  children,
}: {
  readonly word: string;
  readonly ids?: { readonly gap: string; readonly freeze: string };
  readonly children: React.ReactNode;
}) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <svg aria-hidden width={18} height={18} viewBox="-9 -9 18 18" className="shrink-0">
        {ids === undefined ? null : <Patterns ids={ids} />}
        {children}
      </svg>
      {word}
    </li>
  );
}
