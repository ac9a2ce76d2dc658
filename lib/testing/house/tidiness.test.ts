import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOMS, SOURCE_FOLDERS } from './rooms';
import { isTest, ROOT, sourceFiles } from './source-files';

const MAX_LINES = 300;
const MAX_TEST_LINES = 500;
const files = sourceFiles();

describe('the house is tidy', () => {
  test('no file is longer than 300 lines, no test longer than 500', () => {
    const long = files.filter((file) => file.lines > (isTest(file.path) ? MAX_TEST_LINES : MAX_LINES));
    expect(long.map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  test('no junk drawers and no barrels', () => {
    const junk = /(^|\/)(utils?|helpers?|common|misc|service|manager|index)\.tsx?$/;
    expect(files.filter((file) => junk.test(file.path)).map((file) => file.path)).toEqual([]);
  });

  test('files are named in kebab-case', () => {
    const odd = files.filter((file) => !/^[a-z0-9.[\]()_-]+$/.test(path.posix.basename(file.path)));
    expect(odd.map((file) => file.path)).toEqual([]);
  });

  test('the top level holds the fixed source folders and no other', () => {
    const folders = new Set(
      files.filter((file) => file.path.includes('/')).map((file) => file.path.split('/')[0]),
    );
    expect([...folders].filter((folder) => !(SOURCE_FOLDERS as readonly string[]).includes(folder!))).toEqual(
      [],
    );
  });

  test('process.env is read in lib/env only', () => {
    const allowed = (file: string) =>
      file.startsWith('lib/env/') || isTest(file) || /^[^/]+\.config\.(ts|mjs)$/.test(file);
    // Next replaces NODE_ENV and NEXT_RUNTIME at build time; the starters of child processes hand the whole environment on.
    const reads = (text: string) =>
      text.replace(/process\.env\.(NODE_ENV|NEXT_RUNTIME)\b/g, '').includes('process.env');
    expect(files.filter((file) => !allowed(file.path) && reads(file.text)).map((file) => file.path)).toEqual(
      [],
    );
  });

  test('no type is forced: no any, no ts-ignore, no skipped or focused test', () => {
    const forced =
      /\bas any\b|:\s*any\b|@ts-(ignore|expect-error|nocheck)|\b(test|it|describe)\.(skip|only|todo)\b/;
    const self = 'lib/testing/house/tidiness.test.ts';
    expect(
      files.filter((file) => file.path !== self && forced.test(file.text)).map((file) => file.path),
    ).toEqual([]);
  });

  test('every room that exists has a README of its own', () => {
    const missing = ROOMS.filter((room) => {
      const folder = path.join(ROOT, 'lib', room);
      return fs.existsSync(folder) && !fs.existsSync(path.join(folder, 'README.md'));
    });
    expect(missing).toEqual([]);
  });
});
