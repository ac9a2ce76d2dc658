import { type DiffObject, objectsInDiff } from './objects-in-diff';

/** What one commit of the main branch made a file declare; no objects where the file is gone. */
export type DeclaringStep = {
  readonly hash: string;
  readonly at: Date;
  readonly files: readonly { readonly path: string; readonly objects: readonly DiffObject[] }[];
};

/** Files in which platform objects can be declared. */
export const DECLARING_FILES = ['*.tf', '*.yaml', '*.yml'] as const;

/** The platform objects that a file declares: Terraform resource blocks, import blocks, or a flow. */
export function objectsInFile(path: string, text: string): readonly DiffObject[] {
  const lines = text.split('\n').map((line) => `+${line}`);
  const whole = `diff --git a/${path} b/${path}\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${lines.join('\n')}`;
  return objectsInDiff(whole).objects;
}

/** An object as a file declares it, from one commit to another. */
export type Declaration = DiffObject & {
  readonly path: string;
  readonly sinceHash: string;
  readonly sinceAt: Date;
  /** Null while it is declared. */
  readonly untilHash: string | null;
  readonly untilAt: Date | null;
};

/**
 * The declarations after the steps, oldest step first: what a step leaves as it was goes on, what it changes ends and begins
 * anew, what it no longer holds ends. Returns only what the steps ended or began.
 */
export function declaredAfter(
  open: readonly Declaration[],
  steps: readonly DeclaringStep[],
): { readonly ended: readonly Declaration[]; readonly begun: readonly Declaration[] } {
  const current = new Map(open.map((one) => [keyOf(one), one]));
  const known = new Set(open);
  const ended: Declaration[] = [];
  const past: Declaration[] = [];
  for (const step of steps) {
    for (const file of step.files) {
      const now = new Map(file.objects.map((object) => [keyOf({ ...object, path: file.path }), object]));
      for (const [key, before] of [...current].filter(([, one]) => one.path === file.path)) {
        const after = now.get(key);
        if (after !== undefined && contentOf(after) === contentOf(before)) {
          now.delete(key);
          continue;
        }
        current.delete(key);
        const closed = { ...before, untilHash: step.hash, untilAt: step.at };
        if (known.has(before)) ended.push(closed);
        else past.push(closed);
      }
      for (const [key, object] of now) {
        current.set(key, {
          ...object,
          path: file.path,
          sinceHash: step.hash,
          sinceAt: step.at,
          untilHash: null,
          untilAt: null,
        });
      }
    }
  }
  return { ended, begun: [...past, ...[...current.values()].filter((one) => !known.has(one))] };
}

function keyOf(one: {
  readonly path: string;
  readonly resourceType: string;
  readonly label: string;
}): string {
  return JSON.stringify([one.path, one.resourceType, one.label]);
}

function contentOf(one: DiffObject): string {
  return JSON.stringify([one.entityTypes, [...one.names].sort(), [...one.ids].sort()]);
}
