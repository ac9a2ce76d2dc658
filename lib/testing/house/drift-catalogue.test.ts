import { describe, expect, test } from 'vitest';
import { DRIFT_RESIDENTS } from '@/lib/access/catalogue.gen';
import { driftCatalogueNow, driftCatalogueText, driftRuleFiles } from './drift-catalogue';

describe('drift rules', () => {
  test('the catalogue holds every rule file as it is: run `node --import tsx lib/testing/house/drift-catalogue.ts`', () => {
    expect(driftCatalogueNow()).toBe(driftCatalogueText());
    expect(DRIFT_RESIDENTS.map(({ rule }) => `${rule.id}.ts`).sort()).toEqual(driftRuleFiles());
  });
});
