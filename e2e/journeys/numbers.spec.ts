import type { Download, Locator, Page } from '@playwright/test';
import type { FacetsDto } from '@/lib/changes/contract';
import type { RateDto } from '@/lib/linking/contract';
import { readCsv } from '../stage/csv';
import { count, rowsBehind } from '../stage/rows-behind';
import { expect, test } from '../stage/stage';

const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;

/** The part of the Overview under this title. */
function panel(page: Page, title: string): Locator {
  return page
    .getByRole('main')
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: title }) });
}

test('R16: the Overview says the rate that the organisation really has', async ({ visit, truth, period }) => {
  const page = await visit('officer', `/overview?${period}`);
  const card = panel(page, 'Unlinked change rate');
  const { rate, unlinked, total } = truth.unlinkedChangeRate;
  await expect(card.getByText(percent(rate), { exact: true })).toBeVisible();
  await expect(card).toContainText(`${count(unlinked)} of ${count(total)} changes`);
  for (const [word, status] of [
    ['Linked', 'linked'],
    ['Approved late', 'late_approval'],
    ['Outside window', 'outside_window'],
    ['Mismatch', 'mismatch'],
    ['Unlinked', 'unlinked'],
  ] as const) {
    await expect(card.getByRole('link', { name: `${word} ${count(truth.linkage[status])}` })).toBeVisible();
  }
  const { platform, genesys_internal, failure, read } = truth.excluded;
  await expect(card).toContainText(
    `Not counted: ${count(platform)} platform records, ${count(genesys_internal)} Genesys-internal records, ${count(failure)} failed attempts, ${count(read)} reads.`,
  );
});

test('R17: each number of the rate opens exactly the rows it counts', async ({ visit, truth, period }) => {
  const page = await visit('officer', `/overview?${period}`);
  const card = panel(page, 'Unlinked change rate');
  const { unlinked, total } = truth.unlinkedChangeRate;
  const addressOf = async (door: Locator) => (await door.getAttribute('href')) ?? 'no address';
  const whole = await addressOf(card.getByRole('link', { name: `${count(total)} changes`, exact: true }));
  const parts = new Map<string, number>();
  for (const status of ['linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked'] as const) {
    const rows = truth.linkage[status];
    const door = card.locator(`a[href*="linkage=${status}"]`).filter({ hasText: count(rows) });
    parts.set(await addressOf(door.last()), rows);
  }
  for (const reason of ['platform', 'genesys_internal', 'failure', 'read'] as const) {
    parts.set(await addressOf(card.locator(`a[href*="excluded=${reason}"]`)), truth.excluded[reason]);
  }
  expect(parts.size).toBe(9);
  const numerator = card.getByRole('link', { name: count(unlinked), exact: true });
  expect(await rowsBehind(page, numerator)).toBe(unlinked);
  expect(await rowsBehind(page, whole)).toBe(total);
  for (const [address, rows] of parts) expect(await rowsBehind(page, address), address).toBe(rows);
});

test('a day of the row of halves opens the changes of that day', async ({ visit, api, period }) => {
  const answer = await (await api('officer')).get(
    `/api/v1/metrics/unlinked-change-rate?${period}&bucket=day`,
  );
  const rate: RateDto = await answer.json();
  const day = rate.series.at(-2);
  const page = await visit('officer', `/overview?${period}`);
  const door = panel(page, 'Unlinked change rate').locator(
    `a[href*="from=${encodeURIComponent(day?.from ?? '')}"]`,
  );
  expect(await rowsBehind(page, door)).toBe(day?.total);
});

test('high-risk changes: both counts are doors to their rows', async ({ visit, api, period }) => {
  const answer = await (await api('officer')).get(`/api/v1/changes/facets?${period}&risk=high&risk=critical`);
  const facets: FacetsDto = await answer.json();
  const adHoc = facets.facets.planning.find((one) => one.value === 'ad_hoc')?.count ?? 0;
  const page = await visit('officer', `/overview?${period}`);
  const high = panel(page, 'High-risk changes');
  const all = high.getByRole('link', { name: `${count(facets.total)} high-risk changes` });
  const address = (await all.getAttribute('href')) ?? 'no address';
  expect(await rowsBehind(page, high.getByRole('link', { name: `${count(adHoc)} ad-hoc` }))).toBe(adHoc);
  expect(await rowsBehind(page, address)).toBe(facets.total);
});

async function downloaded(page: Page, format: string): Promise<string> {
  await page.getByRole('button', { name: /^Export / }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format, exact: true }).click(),
  ]);
  return textOf(download);
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

test('X3, R17: the two lists, exported, give the rate to its last digit', async ({
  visit,
  truth,
  records,
  period,
}) => {
  const page = await visit('privacy_officer', `/overview?${period}`);
  const doors = panel(page, 'Unlinked change rate');
  await doors.getByRole('link', { name: count(truth.unlinkedChangeRate.unlinked), exact: true }).click();
  await expect(page.getByRole('button', { name: /^Export / })).toHaveText(
    `Export ${count(truth.unlinkedChangeRate.unlinked)} rows`,
  );
  const above = readCsv(await downloaded(page, 'CSV'));
  await page.goto(`/changes?${period}`);
  const below = readCsv(await downloaded(page, 'CSV'));
  expect(above.length / below.length).toBe(truth.unlinkedChangeRate.rate);
  const accountable = records.filter((record) => record.accountable);
  expect(below.map((row) => row.id).sort()).toEqual(accountable.map((record) => record.id).sort());
  const numerator = accountable.filter((record) => record.linkage !== 'linked');
  expect(above.map((row) => row.id).sort()).toEqual(numerator.map((record) => record.id).sort());
  // Each row says for itself why it is in: a reader needs no second file.
  const linkageOf = new Map(records.map((record) => [record.id, record.linkage]));
  for (const row of below) expect(row.linkage).toBe(linkageOf.get(row.id ?? ''));
});

test('X3: the rate asked again, also as of an instant, is the same', async ({ api, truth, period }) => {
  const door = await api('officer');
  const asOf = new Date().toISOString();
  for (const query of [period, `${period}&asOf=${asOf}`]) {
    const answer = await door.get(`/api/v1/metrics/unlinked-change-rate?${query}`);
    const { rate, unlinked, total, counts, excluded }: RateDto = await answer.json();
    expect({ rate, unlinked, total }).toEqual(truth.unlinkedChangeRate);
    expect(counts).toEqual(truth.linkage);
    expect(excluded).toEqual({ ...truth.excluded, excused: 0 });
  }
});

test('the formula of the guides, over all records, is there as well', async ({ api, truth, period }) => {
  const answer = await (await api('officer')).get(`/api/v1/metrics/unlinked-change-rate?${period}&scope=all`);
  const { rate, total }: RateDto = await answer.json();
  expect(total).toBe(truth.totals.records);
  expect(rate).toBe((truth.totals.records - truth.linkage.linked) / truth.totals.records);
});

test('L21: an export of everything holds every record of the platform once', async ({
  apiWithNewKey,
  records,
  period,
}) => {
  const answer = await (await apiWithNewKey('officer')).get(`/api/v1/changes/export?${period}&format=jsonl`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  const ids = lines.map((line): string => JSON.parse(line).id);
  expect(ids.length).toBe(records.length);
  expect(ids.sort()).toEqual(records.map((record) => record.id).sort());
});

test('R17: a period without changes says so, and gives no percentage', async ({ visit }) => {
  const page = await visit('officer', '/overview?from=2025-12-24T00:00:00Z&to=2025-12-25T00:00:00Z');
  const card = panel(page, 'Unlinked change rate');
  await expect(card.getByText('No changes', { exact: true })).toBeVisible();
  await expect(card).not.toContainText('%');
});
