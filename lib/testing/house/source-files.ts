import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
};
export type Import = {
  readonly specifier: string;
  readonly target: string | null;
  readonly typeOnly: boolean;
};

/** Every TypeScript file that git knows or would add, with its imports resolved to paths of the project. */
export function sourceFiles(): SourceFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.ts', '*.tsx'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return [...new Set(listed.split('\n'))]
    .filter((file) => file !== '' && fs.existsSync(path.join(ROOT, file)))
    .map((file) => {
      const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
      return { path: file, text, lines: text.split('\n').length - 1, imports: importsOf(file, text) };
    });
}

export function isTest(file: string): boolean {
  return (
    /\.test\.tsx?$/.test(file) ||
    /^(playwright|vitest)\.config\.ts$/.test(file) ||
    file.startsWith('lib/testing/') ||
    file.startsWith('e2e/') ||
    file.includes('/fixtures/')
  );
}

const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(STATIC))
    found.push({ specifier: match[2]!, target: resolve(file, match[2]!), typeOnly: match[1] !== undefined });
  for (const match of text.matchAll(DYNAMIC))
    found.push({ specifier: match[1]!, target: resolve(file, match[1]!), typeOnly: false });
  return found;
}

function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.'))
    return path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
  return null;
}
