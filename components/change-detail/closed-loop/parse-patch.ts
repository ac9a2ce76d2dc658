export type DiffLine = {
  readonly kind: 'added' | 'removed' | 'context' | 'note';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
  /** Whether the line holds the object's id or one of its names. */
  readonly names: boolean;
};

/** Lines shown at once; or a stretch of unchanged ones folded away. */
export type DiffPart =
  /** Where the next stretch begins, after the change. What git says beside it is the block before, so it is left out. */
  | { readonly kind: 'hunk'; readonly from: number }
  | { readonly kind: 'lines'; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'fold'; readonly lines: readonly DiffLine[] };

/** Unchanged lines kept on each side of a change; longer stretches fold unless a line of them names the object. */
const CONTEXT = 3;
const SHORTEST_FOLD = 4;
/** Shorter names would mark half of the diff. */
const SHORTEST_NAME = 4;

/** A unified diff from its first hunk on, as numbered lines. Text that is no diff gives nothing. */
export function parsePatch(patch: string, names: readonly string[]): DiffPart[] {
  const parts: DiffPart[] = [];
  const marks = names.filter((name) => name.length >= SHORTEST_NAME).map((name) => name.toLowerCase());
  let lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  let inHunk = false;
  const close = () => {
    parts.push(...folded(lines));
    lines = [];
  };
  for (const raw of patch.replace(/\n$/, '').split('\n')) {
    const start = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(raw);
    if (start !== null) {
      close();
      before = Number(start[1]);
      after = Number(start[2]);
      inHunk = true;
      parts.push({ kind: 'hunk', from: Math.max(after, 1) });
    } else if (inHunk) {
      const text = raw.slice(1).replace(/\r$/, '');
      const named = marks.some((name) => text.toLowerCase().includes(name));
      if (raw.startsWith('+'))
        lines.push({ kind: 'added', before: null, after: after++, text, names: named });
      else if (raw.startsWith('-'))
        lines.push({ kind: 'removed', before: before++, after: null, text, names: named });
      else if (raw.startsWith(' '))
        lines.push({ kind: 'context', before: before++, after: after++, text, names: named });
      else if (raw.startsWith('\\'))
        lines.push({ kind: 'note', before: null, after: null, text: text.trim(), names: false });
    }
  }
  close();
  return parts;
}

function folded(lines: readonly DiffLine[]): DiffPart[] {
  const parts: DiffPart[] = [];
  let shown: DiffLine[] = [];
  let quiet: DiffLine[] = [];
  const settle = (atEnd: boolean) => {
    const head = shown.length === 0 ? 0 : CONTEXT;
    const tail = atEnd ? 0 : CONTEXT;
    const middle = quiet.slice(head, quiet.length - tail);
    if (middle.length < SHORTEST_FOLD || middle.some((line) => line.names)) shown.push(...quiet);
    else {
      shown.push(...quiet.slice(0, head));
      if (shown.length > 0) parts.push({ kind: 'lines', lines: shown });
      parts.push({ kind: 'fold', lines: middle });
      shown = tail === 0 ? [] : quiet.slice(-tail);
    }
    quiet = [];
  };
  for (const line of lines) {
    if (line.kind === 'context') quiet.push(line);
    else {
      settle(false);
      shown.push(line);
    }
  }
  settle(true);
  if (shown.length > 0) parts.push({ kind: 'lines', lines: shown });
  return parts;
}

export type DiffRow = { readonly left: DiffLine | null; readonly right: DiffLine | null };

/** The lines in two columns: what was removed beside what came in its place. */
export function splitRows(lines: readonly DiffLine[]): DiffRow[] {
  const rows: DiffRow[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const settle = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++)
      rows.push({ left: removed[at] ?? null, right: added[at] ?? null });
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (added.length > 0) settle();
      removed.push(line);
    } else if (line.kind === 'added') added.push(line);
    else {
      settle();
      rows.push({ left: line, right: line });
    }
  }
  settle();
  return rows;
}

/** Numbers of the lines that name the object, after the change where they stand there, else before. */
export function namingLines(parts: readonly DiffPart[]): number[] {
  const numbers = parts.flatMap((part) =>
    part.kind === 'hunk'
      ? []
      : part.lines.flatMap((line) => (line.names ? [line.after ?? line.before ?? 0] : [])),
  );
  return [...new Set(numbers)].sort((left, right) => left - right);
}
