/** One file of a commit. `patch` is its unified diff from the first `@@`; null where none is kept, and then `omitted` says why. */
export type PatchedFile = {
  readonly path: string;
  readonly status: 'added' | 'deleted' | 'modified';
  /** Lines added and removed; null for a binary file. */
  readonly added: number | null;
  readonly removed: number | null;
  readonly patch: string | null;
  readonly omitted: string | null;
};

/** A commit's diff as far as it is kept. The list of files is always whole. */
export type CommitPatch = { readonly hash: string; readonly files: readonly PatchedFile[] };

/** What one file and one commit may take; more is cut at a line and said. */
export const PATCH_LIMITS = { fileBytes: 256 * 1024, commitBytes: 1024 * 1024 } as const;

type Counted = Omit<PatchedFile, 'patch' | 'omitted'>;

/**
 * The files with as much of their diffs as fits: each cut at a line where it exceeds a file's share, none for the files that come
 * after the commit's share is used up. What is left out is said with its size, never silently.
 */
export function cutPatch(
  hash: string,
  files: readonly Counted[],
  patches: ReadonlyMap<string, string>,
  limits: { readonly fileBytes: number; readonly commitBytes: number } = PATCH_LIMITS,
): CommitPatch {
  let left = limits.commitBytes;
  return {
    hash,
    files: files.map((file) => {
      const text = patches.get(file.path);
      if (file.added === null)
        return { ...file, patch: null, omitted: 'a binary file: it has no lines to show' };
      if (text === undefined)
        return { ...file, patch: null, omitted: 'not kept: the diff of the commit is too large to read' };
      const room = Math.min(limits.fileBytes, left);
      const size = byteLength(text);
      if (size <= room) {
        left -= size;
        return { ...file, patch: text, omitted: null };
      }
      const kept = wholeLines(text, room);
      left -= byteLength(kept);
      const because = `${lineCount(text) - lineCount(kept)} of ${lineCount(text)} lines are not kept: ${
        room < limits.fileBytes
          ? `the diff of the commit exceeds ${limits.commitBytes} bytes`
          : `the diff of the file exceeds ${limits.fileBytes} bytes`
      }`;
      return { ...file, patch: kept === '' ? null : kept, omitted: because };
    }),
  };
}

/** The diff of each file of a unified diff, by the path after the change, or before it where the file is gone. */
export function patchesByPath(diff: string): Map<string, string> {
  const patches = new Map<string, string>();
  let path: string | null = null;
  let lines: string[] = [];
  let inHunk = false;
  const close = () => {
    if (path !== null && lines.length > 0) patches.set(path, `${lines.join('\n')}\n`);
    path = null;
    lines = [];
    inHunk = false;
  };
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) close();
    else if (!inHunk && (line.startsWith('--- ') || line.startsWith('+++ '))) path = pathOf(line) ?? path;
    else if (line.startsWith('@@ ')) {
      inHunk = true;
      lines.push(line);
    } else if (inHunk && /^[ +\-\\]/.test(line)) lines.push(line);
  }
  close();
  return patches;
}

function pathOf(line: string): string | null {
  const text = line.slice(4).replace(/\t$/, '');
  if (text === '/dev/null') return null;
  return (text.startsWith('"') ? text.slice(1, -1) : text).replace(/^[ab]\//, '');
}

function wholeLines(text: string, bytes: number): string {
  const cut = Buffer.from(text, 'utf8').subarray(0, Math.max(0, bytes));
  const end = cut.lastIndexOf(0x0a);
  return end < 0 ? '' : cut.subarray(0, end + 1).toString('utf8');
}

function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
