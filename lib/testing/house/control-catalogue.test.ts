import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { RESIDENTS } from '@/lib/controls/catalogue.gen';
import { controlCatalogueNow, controlCatalogueText, controlFiles } from './control-catalogue';
import { isImpure } from './import-rules';
import { ROOT } from './source-files';

describe('controls', () => {
  test('the catalogue holds every control as it is: run `node --import tsx lib/testing/house/control-catalogue.ts`', () => {
    expect(controlCatalogueNow()).toBe(controlCatalogueText());
    expect(RESIDENTS.map(({ control }) => `${control.id}.ts`).sort()).toEqual(controlFiles());
  });

  test('controls judge purely: no clock, no waiting, nothing of ours but models and the kernel', () => {
    for (const file of controlFiles()) {
      const text = readFileSync(path.join(ROOT, 'lib/controls/entries', file), 'utf8');
      expect(isImpure(text), file).toBe(false);
      const foreign = [...text.matchAll(/from '([^']+)'/g)]
        .map((found) => found[1] ?? '')
        .filter((name) => !/^(\.\.\/model\/|@\/lib\/kernel\/|node:crypto$)/.test(name));
      expect(foreign, file).toEqual([]);
    }
  });
});
