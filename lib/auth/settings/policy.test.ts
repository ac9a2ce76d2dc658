import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { processVariable } from '@/lib/env/process-environment';
import { parsePolicy, policyJsonSchema } from './policy';

const EXAMPLE = {
  divisions: [{ name: 'EMEA Restricted', region: 'EMEA', sensitivity: 'restricted', rank: 20 }],
  pipelineClients: ['cx-as-code'],
  platformNoise: ['Routing', { service: 'Quality', reason: 'scheduled by the platform' }],
  windows: [
    { name: 'Release', from: '2026-11-20T20:00:00Z', to: '2026-11-21T02:00:00Z' },
    { name: 'Nightly', days: ['mon', 'thu'], start: '22:00', end: '04:00', zone: 'Europe/Rome' },
  ],
  freezes: [{ name: 'Year end', from: '2026-12-20T00:00:00Z', to: '2027-01-07T00:00:00Z' }],
  approvedStatuses: ['Approved'],
  roleRules: [{ role: 'Quality Evaluator', departments: ['QA'], groups: ['qa-team'], titles: [] }],
  ipAllowList: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'],
  highRisk: [{ service: 'Directory', action: 'Delete', level: 'critical' }],
  controls: { thresholds: { unlinkedRate: 0.05 } },
};

test('a whole policy is read', () => {
  expect(parsePolicy(JSON.stringify(EXAMPLE))).toEqual({ ok: true, policy: EXAMPLE });
});

test.each([
  ['no JSON', '{', /no JSON/],
  ['an unknown part', '{"divsions": []}', /divsions/],
  ['a division without a name', '{"divisions":[{"region":"EMEA"}]}', /divisions\.0: a division needs/],
  [
    'a freeze that ends first',
    '{"freezes":[{"name":"x","from":"2026-02-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}]}',
    /freezes\.0: from must lie before/,
  ],
  ['no network', '{"ipAllowList":["everywhere"]}', /ipAllowList\.0/],
])('%s is refused with the place', (_, json, problem) => {
  const parsed = parsePolicy(json);
  expect(parsed.ok ? '' : parsed.problems.join(' ')).toMatch(problem);
});

test('policy.schema.json is what the code says', () => {
  const file = path.join(import.meta.dirname, 'policy.schema.json');
  if (processVariable('UPDATE_CATALOGUES')) writeFileSync(file, policyJsonSchema());
  expect(readFileSync(file, 'utf8')).toBe(policyJsonSchema());
});
