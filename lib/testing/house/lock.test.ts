import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './source-files';

type LockedPackage = {
  optionalDependencies?: Record<string, string>;
  dependencies?: Record<string, string>;
  resolved?: string;
};

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'),
);

/** Whether node's resolution finds `name` from the package at `at`. */
function reachable(at: string, name: string): boolean {
  for (let dir = at; ; dir = dir.slice(0, Math.max(0, dir.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${dir === '' ? '' : `${dir}/`}node_modules/${name}`]) return true;
    if (dir === '') return false;
    if (!dir.includes('/node_modules/')) {
      return lock.packages[`node_modules/${name}`] !== undefined;
    }
  }
}

test('the lock file has no gap: every optional platform package has its entry, so that npm ci works everywhere', () => {
  const missing = Object.entries(lock.packages).flatMap(([at, locked]) =>
    Object.keys({ ...locked.optionalDependencies, ...locked.dependencies })
      .filter((name) => !reachable(at, name))
      .map((name) => `${at} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no registry host', () => {
  expect(
    Object.entries(lock.packages)
      .filter(([, locked]) => locked.resolved !== undefined)
      .map(([at]) => at),
  ).toEqual([]);
});

test('every direct dependency is pinned exactly', () => {
  const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } =
    JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, range]) => !/^\d/.test(range),
  );
  expect(loose).toEqual([]);
});
