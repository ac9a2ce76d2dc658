'use client';

import { Fragment, useState } from 'react';
import { classes } from '@/components/ui/classes';
import { keyed } from '@/components/ui/data/keyed';
import { type DiffLine, type DiffPart, splitRows } from './parse-patch';

const MARKS = { added: '+', removed: '−', context: ' ', note: ' ' } as const;
const SAID = { added: 'added', removed: 'removed', context: '', note: '' } as const;
const TONES = {
  added: 'bg-linked/10',
  removed: 'bg-unlinked/10',
  context: '',
  note: 'text-muted italic',
} as const;

/** A longer diff shows the rest when asked. */
const MOST_LINES = 400;

type DiffLinesProps = {
  readonly label: string;
  readonly parts: readonly DiffPart[];
  readonly split: boolean;
};

/** A file's diff: numbers, marks and colours say the same; lines wrap, so that nothing hides to the right. */
export function DiffLines({ label, parts, split }: DiffLinesProps) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [whole, setWhole] = useState(false);
  const shown = whole ? parts : firstLines(parts, MOST_LINES);
  const left = linesOf(parts) - linesOf(shown);
  const columns = split ? 6 : 4;
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse font-mono text-xs">
      <colgroup>
        <Columns numbers={split ? 1 : 2} />
        {split ? <Columns numbers={1} /> : null}
      </colgroup>
      <thead className="sr-only">
        <tr>
          {(split ? ['before', 'after'] : ['']).map((side) => (
            <Fragment key={side}>
              <th scope="col">{split ? `Line ${side}` : 'Line before'}</th>
              {split ? null : <th scope="col">Line after</th>}
              <th scope="col">Mark {side}</th>
              <th scope="col">Text {side}</th>
            </Fragment>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((part, index) => {
          const key = `${part.kind}${index}`;
          if (part.kind === 'hunk')
            return (
              <tr key={key} className="border-y bg-sunken text-muted">
                <td colSpan={columns} className="px-2 py-0.5 wrap-anywhere whitespace-pre-wrap">
                  From line {part.from}
                </td>
              </tr>
            );
          if (part.kind === 'fold' && !unfolded.has(index))
            return (
              <tr key={key} className="border-y bg-sunken">
                <td colSpan={columns} className="p-0">
                  <button
                    type="button"
                    className="min-h-6 w-full px-2 text-left text-muted hover:text-ink"
                    onClick={() => setUnfolded(new Set([...unfolded, index]))}
                  >
                    Show {part.lines.length} unchanged lines
                  </button>
                </td>
              </tr>
            );
          return split ? (
            <SplitRows key={key} lines={part.lines} />
          ) : (
            <UnifiedRows key={key} lines={part.lines} />
          );
        })}
        {left === 0 ? null : (
          <tr className="border-t bg-sunken">
            <td colSpan={columns} className="p-0">
              <button
                type="button"
                className="min-h-8 w-full px-2 text-left text-muted hover:text-ink"
                onClick={() => setWhole(true)}
              >
                Show {left} more lines
              </button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function linesOf(parts: readonly DiffPart[]): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'hunk' ? 0 : part.lines.length), 0);
}

/** The parts up to so many lines, the last one cut. */
function firstLines(parts: readonly DiffPart[], most: number): readonly DiffPart[] {
  const first: DiffPart[] = [];
  let room = most;
  for (const part of parts) {
    if (room <= 0) break;
    if (part.kind === 'hunk') first.push(part);
    else {
      first.push({ ...part, lines: part.lines.slice(0, room) });
      room -= part.lines.length;
    }
  }
  return first;
}

/** One side of a diff: its line numbers, the mark, the text. */
function Columns({ numbers }: { readonly numbers: 1 | 2 }) {
  return (
    <>
      <col className="w-9" />
      {numbers === 2 ? <col className="w-9" /> : null}
      <col className="w-5" />
      <col />
    </>
  );
}

function UnifiedRows({ lines }: { readonly lines: readonly DiffLine[] }) {
  return keyed(lines, (line) => `${line.before} ${line.after}`).map(({ key, item: line }) => (
    <tr key={key} data-line={line.kind} className={classes('align-top', TONES[line.kind])}>
      <LineNumber value={line.before} />
      <LineNumber value={line.after} />
      <Mark line={line} />
      <Text line={line} />
    </tr>
  ));
}

function SplitRows({ lines }: { readonly lines: readonly DiffLine[] }) {
  return keyed(splitRows(lines), (row) => `${row.left?.before} ${row.right?.after}`).map(
    ({ key, item: row }) => (
      <tr key={key} className="align-top">
        <Half line={row.left} side="before" />
        <Half line={row.right} side="after" />
      </tr>
    ),
  );
}

function Half({ line, side }: { readonly line: DiffLine | null; readonly side: 'before' | 'after' }) {
  if (line === null) return <td colSpan={3} className="bg-sunken" />;
  return (
    <>
      <LineNumber value={line[side]} tone={TONES[line.kind]} />
      <Mark line={line} tone={TONES[line.kind]} />
      <Text line={line} tone={TONES[line.kind]} />
    </>
  );
}

function LineNumber({ value, tone }: { readonly value: number | null; readonly tone?: string }) {
  return (
    <td className={classes('px-1 text-right text-muted tabular-nums select-none', tone)}>{value ?? ''}</td>
  );
}

function Mark({ line, tone }: { readonly line: DiffLine; readonly tone?: string }) {
  return (
    <td
      className={classes(
        'text-center font-semibold select-none',
        line.kind === 'added' ? 'text-linked' : line.kind === 'removed' ? 'text-unlinked' : undefined,
        tone,
      )}
    >
      <span aria-hidden="true">{MARKS[line.kind]}</span>
      <span className="sr-only">{SAID[line.kind]}</span>
    </td>
  );
}

function Text({ line, tone }: { readonly line: DiffLine; readonly tone?: string }) {
  return (
    <td
      className={classes(
        'border-l-2 px-2 wrap-anywhere whitespace-pre-wrap',
        line.names ? 'border-accent' : 'border-transparent',
        tone,
      )}
    >
      {line.text}
      {line.names ? <span className="sr-only"> (names the object)</span> : null}
    </td>
  );
}
