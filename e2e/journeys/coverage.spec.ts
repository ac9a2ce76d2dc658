import type { CoverageDto, CoverageHourDto } from '@/lib/changes/contract';
import { expect, test } from '../stage/stage';

const count = (n: number) => n.toLocaleString('en-US');

test('X1: an hour in which nothing happened was read, and says so', async ({ visit, api, period }) => {
  const answer = await (await api('officer')).get(`/api/v1/coverage?${period}`);
  const coverage: CoverageDto = await answer.json();
  const silent = coverage.hours.findLast((hour) => hour.records === 0 && hour.basis !== null);
  expect(silent, 'a quiet hour').toBeDefined();
  const { hour, services }: CoverageHourDto = silent ?? { ...coverage.hours[0]!, hour: '' };
  const page = await visit('officer', `/coverage?${period}`);
  const cell = page.locator(`[data-hour="${hour}"]`);
  await expect(cell).toHaveAccessibleName(/Complete.*, 0 records/);
  await cell.click();
  await expect(page).toHaveURL((url) => url.searchParams.get('cell') === hour);
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText(`0 records over ${count(services)} services`);
  await expect(sheet.getByText('0 returned: 0 new, 0 already known, 0 quarantined').first()).toBeVisible();
  await expect(sheet.getByText('Answered').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('X1: the hours of the history hold what the organisation has, service by service', async ({
  api,
  truth,
  records,
  period,
}) => {
  const door = await api('officer');
  const all: CoverageDto = await (await door.get(`/api/v1/coverage?${period}`)).json();
  expect(all.hours.reduce((sum, hour) => sum + hour.records, 0)).toBe(truth.totals.records);
  expect(all.totals.gap + all.totals.not_evaluated + all.totals.pending).toBe(0);
  for (const service of ['Directory', 'Telephony', 'QuantumRouting']) {
    const one: CoverageDto = await (await door.get(`/api/v1/coverage?${period}&service=${service}`)).json();
    const read = Object.fromEntries(
      one.hours.filter((hour) => hour.records > 0).map((hour) => [hour.hour, hour.records]),
    );
    const held: Record<string, number> = {};
    for (const record of records.filter((record) => record.service === service)) {
      const hour = `${record.eventDate.slice(0, 13)}:00:00Z`;
      held[hour] = (held[hour] ?? 0) + 1;
    }
    expect(read, service).toEqual(held);
  }
});

test('a busy hour opens its readings: returned, query, digest, chain', async ({ visit, records, period }) => {
  const record = records.find((one) => one.service === 'Telephony' && one.accountable);
  const hour = `${record?.eventDate.slice(0, 13)}:00:00Z`;
  const page = await visit('auditor', `/coverage?${period}&service=Telephony&cell=${hour}`);
  const reading = page.getByRole('dialog').getByRole('listitem').first();
  await expect(reading).toContainText('Telephony');
  await expect(reading).toContainText(/[1-9]\d* returned: [1-9]\d* new, 0 already known, 0 quarantined/);
  for (const term of ['Asked', 'Done', 'Query', 'Digest of ids', 'Chain']) {
    await expect(reading.getByText(term, { exact: true })).toBeVisible();
  }
});

test('the calendar is walked by arrows and opened by Enter', async ({ visit, period }) => {
  const page = await visit('officer', `/coverage?${period}`);
  const first = page.locator('[data-hour]').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const hour = await page.evaluate(() => document.activeElement?.getAttribute('data-hour'));
  expect(hour).toMatch(/T02:00:00Z$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('cell') === hour);
});

test('L20: the schema history lists what no mapping knows, and it was collected all the same', async ({
  visit,
  records,
  truth,
}) => {
  const page = await visit('officer', '/coverage?view=observations');
  const table = page.getByRole('table', { name: /^Observations/ });
  for (const [kind, name] of [
    ['Unknown service', 'QuantumRouting'],
    ['Unknown action', 'Routing/RoutingSkill/Defragment'],
    ['Unknown entity type', 'Telephony/HologramTrunk'],
    ['New field', 'dataResidency'],
    ['New field', 'retentionClass'],
  ] as const) {
    await expect(table.getByRole('row').filter({ hasText: name })).toContainText(kind);
  }
  expect(truth.totals.byService.QuantumRouting).toBe(1);
  const odd = records.find((record) => record.marks.includes('unknown-field'));
  await page.goto(`/changes/${odd?.id}`);
  await expect(page.getByText('dataResidency, retentionClass')).toBeVisible();
});

test('the run that filled this stage stands under Collection runs with its counts', async ({
  visit,
  truth,
}) => {
  const page = await visit('officer', '/coverage?view=runs');
  const run = page.locator('tr[data-row]').filter({ hasText: 'Backfill' });
  await expect(run).toContainText('Done');
  await expect(run).toContainText(count(truth.totals.records));
  await expect(page.getByRole('button', { name: 'Start a collection' })).toHaveCount(0);
});
