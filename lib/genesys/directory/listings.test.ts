import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIRECTORY_KINDS } from '@/lib/kernel/words';
import { LISTINGS, NESTED, SETTINGS } from './listings';

/** Every path the SDK can GET, parameters written as `{}`. */
function pathsOfSdk(): Set<string> {
  const main = createRequire(import.meta.url).resolve('purecloud-platform-client-v2');
  const folder = path.join(path.dirname(main), '../../src/purecloud-platform-client-v2/api');
  const found = new Set<string>();
  for (const file of readdirSync(folder)) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const match of text.matchAll(/'(\/api\/v2\/[^']*)',\s*'GET'/g)) found.add(bare(match[1] ?? ''));
  }
  return found;
}

const bare = (text: string) => text.replace(/\{[^}]*\}/g, '{}');

describe('the catalogue of listings', () => {
  it('asks only addresses that the platform’s own SDK asks', () => {
    const known = pathsOfSdk();
    expect(known.size).toBeGreaterThan(500);
    const ours = [...Object.values(LISTINGS).flat(), ...Object.values(NESTED), ...SETTINGS].map((part) =>
      bare(part.path),
    );
    expect(ours.filter((ourPath) => !known.has(ourPath))).toEqual([]);
  });

  it('reads every kind that the shadow directory keeps', () => {
    const readable = new Set([...Object.keys(LISTINGS), ...Object.keys(NESTED), 'setting']);
    expect(DIRECTORY_KINDS.filter((kind) => !readable.has(kind))).toEqual([]);
  });
});
