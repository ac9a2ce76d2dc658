import { describe, expect, test } from 'vitest';
import { namingLines, parsePatch, splitRows } from './parse-patch';

const ID = 'c0000000-0000-4000-8000-000000000003';
const PATCH = `@@ -1,4 +1,4 @@ resource "genesyscloud_routing_queue" "sales" {
   name = "Sales"
   # id: ${ID}
-  acw_timeout_ms = 1000
+  acw_timeout_ms = 2000
 }
`;

describe('a diff on screen', () => {
  test('R12: every line has its number before and after, its mark, and whether it names the object', () => {
    const parts = parsePatch(PATCH, [ID, 'Sales']);
    expect(parts[0]).toEqual({ kind: 'hunk', from: 1 });
    const lines = parts[1]?.kind === 'lines' ? parts[1].lines : [];
    expect(lines.map(({ kind, before, after, names }) => [kind, before, after, names])).toEqual([
      ['context', 1, 1, true],
      ['context', 2, 2, true],
      ['removed', 3, null, false],
      ['added', null, 3, false],
      ['context', 4, 4, false],
    ]);
    expect(namingLines(parts)).toEqual([1, 2]);
  });

  test('side by side, what was removed stands beside what came in its place', () => {
    const parts = parsePatch(PATCH, []);
    const rows = splitRows(parts[1]?.kind === 'lines' ? parts[1].lines : []);
    expect(rows.map(({ left, right }) => [left?.text, right?.text])[2]).toEqual([
      '  acw_timeout_ms = 1000',
      '  acw_timeout_ms = 2000',
    ]);
  });

  test('long unchanged stretches fold, never one that names the object; nothing is lost', () => {
    const quiet = Array.from({ length: 20 }, (_, n) => ` line ${n}`);
    const patch = ['@@ -1,22 +1,22 @@', ...quiet, '-old', '+new', ...quiet].join('\n');
    const parts = parsePatch(patch, []);
    expect(parts.map((part) => [part.kind, part.kind === 'hunk' ? 0 : part.lines.length])).toEqual([
      ['hunk', 0],
      ['fold', 17],
      ['lines', 8],
      ['fold', 17],
    ]);
    const named = parsePatch(patch, ['line 3']);
    expect(named.filter((part) => part.kind === 'fold')).toEqual([]);
  });

  test('a last line without an end is a note, not a line', () => {
    const parts = parsePatch('@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file', []);
    const lines = parts[1]?.kind === 'lines' ? parts[1].lines : [];
    expect(lines.at(-1)).toMatchObject({ kind: 'note', before: null, after: null });
  });
});
