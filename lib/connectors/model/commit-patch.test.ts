import { describe, expect, test } from 'vitest';
import { cutPatch, patchesByPath } from './commit-patch';

const DIFF = `diff --git a/a.tf b/a.tf
index 1..2 100644
--- a/a.tf
+++ b/a.tf
@@ -1 +1 @@
-one
+two
diff --git a/gone.tf b/gone.tf
--- a/gone.tf
+++ /dev/null
@@ -1 +0,0 @@
--- not a head
diff --git a/logo.png b/logo.png
Binary files differ
`;
const file = (path: string, added: number | null = 1) => ({
  path,
  status: 'modified' as const,
  added,
  removed: added,
});

describe('R12: the kept diff of a commit', () => {
  test('each file’s diff by its path, deleted ones by the path before', () => {
    const patches = patchesByPath(DIFF);
    expect(patches.get('a.tf')).toBe('@@ -1 +1 @@\n-one\n+two\n');
    expect(patches.get('gone.tf')).toBe('@@ -1 +0,0 @@\n--- not a head\n');
    expect(patches.has('logo.png')).toBe(false);
  });

  test('what is too long is cut at a line and says how much of it; every file stays listed', () => {
    const long = `@@ -1,3 +1,3 @@\n${'+line é\n'.repeat(100)}`;
    const patches = new Map([
      ['a.tf', long],
      ['b.tf', long],
    ]);
    const cut = cutPatch(
      'f'.repeat(40),
      [file('a.tf'), file('b.tf'), file('c.tf'), file('logo.png', null)],
      patches,
      {
        fileBytes: 400,
        commitBytes: 500,
      },
    );
    expect(cut.files.map((one) => one.path)).toEqual(['a.tf', 'b.tf', 'c.tf', 'logo.png']);
    const [a, b, c, logo] = cut.files;
    expect(Buffer.byteLength(a?.patch ?? '')).toBeLessThanOrEqual(400);
    expect(a?.patch).toMatch(/é\n$/);
    expect(a?.omitted).toMatch(/^\d+ of 101 lines are not kept: the diff of the file exceeds 400 bytes$/);
    expect(b?.omitted).toMatch(/the diff of the commit exceeds 500 bytes$/);
    expect(c).toMatchObject({
      patch: null,
      omitted: 'not kept: the diff of the commit is too large to read',
    });
    expect(logo).toMatchObject({ patch: null, omitted: 'a binary file: it has no lines to show' });
    const kept = cut.files.reduce((sum, one) => sum + Buffer.byteLength(one.patch ?? ''), 0);
    expect(kept).toBeLessThanOrEqual(500);
  });
});
