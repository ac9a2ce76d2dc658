import { describe, expect, test } from 'vitest';
import { RESIDENTS } from '@/lib/detections/catalogue.gen';
import { detectionCatalogueNow, detectionCatalogueText, ruleFiles } from './detection-catalogue';

describe('detections', () => {
  test('the catalogue holds every rule file as it is: run `node --import tsx lib/testing/house/detection-catalogue.ts`', () => {
    expect(detectionCatalogueNow()).toBe(detectionCatalogueText());
    expect(RESIDENTS.map(({ rule }) => `${rule.id}.ts`).sort()).toEqual(ruleFiles());
  });
});
