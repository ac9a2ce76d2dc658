import type { APIRequestContext, Page } from '@playwright/test';
import type { CoverageDto } from '@/lib/changes/contract';
import type { CollectionRunDto } from '@/lib/changes/contract/collection';
import type { RateDto } from '@/lib/linking/contract';
import { arriveLate, disturb, heal } from '../stage/outside';
import { expect, test } from '../stage/stage';

/*
 * What goes wrong outside, and what the product says of it. These journeys disturb the stage for whoever comes after, so their
 * file is the last one.
 */
const HOUR_MS = 3_600_000;
/** A worker takes what was asked for within a second or two. */
const SOON = { timeout: 30_000 };

test.afterEach(() => heal());

/** Starts a collection as a person does, and waits until it ended in that way. */
async function collect(
  page: Page,
  door: APIRequestContext,
  kind: RegExp,
  end: 'Done' | 'Failed',
): Promise<void> {
  const before = await newestRun(door);
  await page.goto('/coverage?view=runs');
  await page.getByRole('button', { name: 'Start a collection' }).click();
  await page.getByRole('menuitem', { name: kind }).click();
  await expect
    .poll(async () => {
      const run = await newestRun(door);
      return run?.id !== before?.id && run?.state !== 'running';
    }, SOON)
    .toBe(true);
  await expect(page.locator('tr[data-row]').first()).toContainText(end, SOON);
}

async function newestRun(door: APIRequestContext): Promise<CollectionRunDto | undefined> {
  const { items }: { items: CollectionRunDto[] } = await (
    await door.get('/api/v1/collections?limit=1')
  ).json();
  return items[0];
}

async function lastDay(door: APIRequestContext): Promise<CoverageDto> {
  const now = Date.now();
  const [from, to] = [new Date(now - 24 * HOUR_MS), new Date(now + HOUR_MS)];
  return (await door.get(`/api/v1/coverage?from=${from.toISOString()}&to=${to.toISOString()}`)).json();
}

test('X1: what was asked and not answered is a gap wherever its period is shown, until it is read', async ({
  visit,
  api,
}) => {
  const door = await api('operator');
  const page = await visit('operator', '/coverage?view=runs');
  await disturb({ queryFails: 1000 });
  await collect(page, door, /^Sync/, 'Failed');
  await expect(page.getByText(/asked and not answered|did not answer/).first()).toBeVisible();

  const gap = (await lastDay(door)).hours.find((hour) => hour.state === 'gap');
  expect(gap, 'an hour that is a gap').toBeDefined();
  const trust = page.getByRole('region', { name: 'Trust line' });
  await page.goto('/overview?period=48h');
  await expect(trust.getByRole('link', { name: /hours? missing/ })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: /^[1-9]\d* hours?$/ })).toBeVisible();
  await page.goto('/changes?period=24h&q=nothing-is-called-so');
  await expect(page.getByText(/The source was not complete: .* no proven zero/)).toBeVisible();
  await trust.getByRole('link', { name: /hours? missing/ }).click();
  await expect(page).toHaveURL(/\/coverage\?.*cell=/);
  await expect(page.getByRole('dialog').getByText('Gap', { exact: true })).toBeVisible();
  await expect(page.getByRole('dialog').getByText('Failed').first()).toBeVisible();

  await heal();
  await collect(page, door, /^Sync/, 'Done');
  expect((await lastDay(door)).totals.gap).toBe(0);
  await page.goto(`/coverage?period=48h&service=Directory&cell=${gap?.hour}`);
  // The failed reading stays where it was written, before the one that was answered.
  await expect(page.getByRole('dialog').getByText('Failed')).not.toHaveCount(0);
  await expect(page.getByRole('dialog').getByText('Answered')).not.toHaveCount(0);
  await expect(trust.getByRole('link', { name: /missing/ })).toHaveCount(0);
});

test('I28: hours that may not be read are not evaluated, and are no gap and no pass', async ({
  visit,
  api,
}) => {
  const door = await api('operator');
  const page = await visit('operator', '/coverage?view=runs');
  await disturb({ missingPermissionForSnapshot: ['audits:audit:view'] });
  await collect(page, door, /^Sync/, 'Failed');
  const { totals, hours } = await lastDay(door);
  expect(totals.not_evaluated).toBeGreaterThan(0);
  expect(hours.find((hour) => hour.state === 'not_evaluated')?.because).toMatch(/permission/);
  await page.goto('/overview?period=48h');
  const trust = page.getByRole('region', { name: 'Trust line' });
  await expect(trust.getByRole('link', { name: /hours? not readable/ })).toBeVisible();
  await heal();
  await collect(page, door, /^Sync/, 'Done');
  expect((await lastDay(door)).totals.not_evaluated).toBe(0);
});

test('L20: a record that cannot be read is kept with its reason and its bytes, and may be read again', async ({
  visit,
  api,
}) => {
  const door = await api('operator');
  const page = await visit('operator', '/coverage?view=runs');
  await disturb({ badRecords: 1 });
  await collect(page, door, /^Re-sweep/, 'Done');
  await page.goto('/coverage?view=quarantine');
  const record = page.getByRole('main').getByRole('listitem').filter({ hasText: '"just a text"' });
  await expect(record).toHaveCount(1);
  await expect(record.getByText('Open', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Trust line' })).toContainText('1 record quarantined');
  await record.getByRole('button', { name: 'Replay', exact: true }).click();
  await expect(record.getByText('Still unreadable', { exact: true }).first()).toBeVisible();
  await record.getByText('1 replay').click();
  await expect(record.locator('ol').getByRole('listitem')).toHaveCount(1);
  const { items }: { items: { action: string; actor: { name: string } }[] } = await (
    await (await api('admin')).get('/api/v1/journal?action=quarantine.*&limit=5')
  ).json();
  expect(items[0]).toMatchObject({ action: 'quarantine.replayed', actor: { name: 'Otto Lindqvist' } });
});

test('the quarantine is for reading only to whoever may not replay', async ({ visit }) => {
  const page = await visit('auditor', '/coverage?view=quarantine');
  await expect(page.getByText('"just a text"')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Replay', exact: true })).toHaveCount(0);
});

test('L20, L21: late records with fields of a new schema are taken once, and the fields are reported', async ({
  visit,
  api,
}) => {
  const door = await api('operator');
  const now = Date.now();
  await disturb({ unknownFields: true, duplicateRecords: 2, outOfOrder: true });
  const { ids } = await arriveLate({
    from: new Date(now - 6 * HOUR_MS),
    to: new Date(now - 5 * HOUR_MS),
    count: 3,
  });
  const page = await visit('operator', '/coverage?view=runs');
  await collect(page, door, /^Re-sweep/, 'Done');
  await collect(page, door, /^Re-sweep/, 'Done');
  for (const id of ids) {
    const { items }: { items: { id: string }[] } = await (await door.get(`/api/v1/changes?q=${id}`)).json();
    expect(items.map((item) => item.id)).toEqual([id]);
  }
  await page.goto('/coverage?view=observations');
  for (const field of ['schemaRevision', 'provenance']) {
    await expect(page.getByRole('row').filter({ hasText: field })).toContainText('New field');
  }
});

test('R16: whatever the weather, the rate of the history is what it was', async ({ api, truth, period }) => {
  const answer = await (await api('officer')).get(`/api/v1/metrics/unlinked-change-rate?${period}`);
  const { rate, unlinked, total }: RateDto = await answer.json();
  expect({ rate, unlinked, total }).toEqual(truth.unlinkedChangeRate);
});
