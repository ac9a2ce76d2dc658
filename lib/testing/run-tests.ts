import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { childEnvironment, processVariable } from '@/lib/env/process-environment';
import { ensureBuilt } from '@/workers/supervisor/build';
import { hasRedis } from './redis-server';

/**
 * `npm test`: everything that proves the product, in one command and from a clean checkout; ends with the totals.
 * `npm test -- unit db` runs the groups named. REQUIRE_ALL=1 makes a missing tool a failure (continuous integration).
 */
type Counts = { passed: number; failed: number; skipped: number };
type Group = {
  readonly name: string;
  /** Why it cannot run here, or null. */
  readonly missing: () => string | null;
  readonly run: () => Promise<Counts>;
};

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const TORTURE = 'lib/testing/torture/main.ts';
const resolve = createRequire(import.meta.url).resolve;
const reports = mkdtempSync(path.join(os.tmpdir(), 'tally-reports-'));

const GROUPS: readonly Group[] = [
  { name: 'unit', missing: () => null, run: () => vitest('unit', 'house') },
  { name: 'db', missing: () => null, run: () => vitest('db', 'db-process') },
  {
    name: 'redis',
    missing: () => (hasRedis() ? null : needsPackage('redis-server')),
    run: () => vitest('redis'),
  },
  {
    name: 'e2e',
    missing: () =>
      existsSync(path.join(ROOT, 'playwright.config.ts')) ? null : 'there is no playwright.config.ts',
    run: journeys,
  },
  {
    name: 'torture',
    missing: () => (existsSync(path.join(ROOT, TORTURE)) ? null : `there is no ${TORTURE}`),
    run: torture,
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !GROUPS.some((group) => group.name === name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; groups are ${GROUPS.map((group) => group.name).join(', ')}`);
  process.exit(2);
}

await node('prisma/generate.mjs');
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const group of GROUPS) {
  if (wanted.length > 0 && !wanted.includes(group.name)) continue;
  const because = group.missing();
  if (because) {
    lines.push(`${group.name}: not run, ${because}`);
    if (processVariable('REQUIRE_ALL') === '1') total.failed += 1;
    continue;
  }
  const startedAt = Date.now();
  const counts = await group.run();
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  lines.push(
    `${group.name}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${Math.round((Date.now() - startedAt) / 1000)} s)`,
  );
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}`);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

function needsPackage(name: string): string {
  return `it needs Debian's package ${name} (apt-get install ${name})`;
}

async function vitest(...projects: string[]): Promise<Counts> {
  const report = path.join(reports, `${projects.join('-')}.json`);
  const code = await node(path.join(path.dirname(resolve('vitest/package.json')), 'vitest.mjs'), [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const read = readReport<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
  }>(report);
  if (!read) return { passed: 0, failed: 1, skipped: 0 };
  // A file that does not even load has no failed tests.
  const failed =
    code === 0 ? read.numFailedTests : Math.max(1, read.numFailedTests || read.numFailedTestSuites);
  return { passed: read.numPassedTests, failed, skipped: read.numPendingTests };
}

async function journeys(): Promise<Counts> {
  try {
    await ensureBuilt((line) => console.log(line));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const report = path.join(reports, 'e2e.json');
  const code = await node(resolve('@playwright/test/cli'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const read = readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  }>(report);
  if (!read) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = read.stats;
  if (flaky > 0) lines.push(`e2e: ${flaky} passed at the second try only; the list above names them`);
  return {
    passed: expected + flaky,
    failed: code === 0 ? unexpected : Math.max(1, unexpected),
    skipped,
  };
}

async function torture(): Promise<Counts> {
  const code = await node('--import', ['tsx', TORTURE, '--short']);
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

async function node(
  first: string,
  rest: readonly string[] = [],
  variables: Record<string, string> = {},
): Promise<number> {
  const child = spawn(process.execPath, [first, ...rest], {
    cwd: ROOT,
    stdio: 'inherit',
    env: childEnvironment(variables),
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

function readReport<Report>(file: string): Report | null {
  if (!existsSync(file)) return null;
  const report: Report = JSON.parse(readFileSync(file, 'utf8'));
  return report;
}
