import type { Locator, Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import type { TimelineDto } from '@/lib/changes/contract/timeline';
import { expect, test } from '../stage/stage';

declare global {
  interface Window {
    axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

const marks = (page: Page): Locator => page.locator('[data-item]');
const total = (page: Page): Locator => page.locator('[data-total]');
const chart = (page: Page): Locator => page.getByRole('group', { name: 'Marks in order of time' });

/** What the chart and the table say, once both are of the same question. */
async function totals(page: Page): Promise<number> {
  await expect(total(page)).toHaveText(/as many as in the chart|in the chart$/);
  return Number(await total(page).getAttribute('data-total'));
}

test('R20: every planted deletion of a trunk or division stands on the timeline, planned or ad-hoc as it was authorised', async ({
  api,
  records,
  period,
}) => {
  const door = await api('officer');
  const drawn: TimelineDto = await (
    await door.get(`/api/v1/timeline?${period}&accountable=true&action=Delete`)
  ).json();
  const gone = records.filter(
    (record) =>
      record.accountable && record.action === 'Delete' && ['Trunk', 'Division'].includes(record.entityType),
  );
  expect(gone.length).toBeGreaterThan(1);
  for (const record of gone) {
    const mark = drawn.marks.find((one) => one.kind === 'change' && one.change.id === record.id);
    expect(mark, `${record.entityType} ${record.entityNameAtEvent}`).toMatchObject({
      action: 'delete',
      lane: record.linkage === 'linked' ? 'planned' : 'ad_hoc',
    });
  }
  const counted = drawn.marks.reduce((sum, mark) => sum + mark.count, 0);
  expect(counted).toBe(drawn.total);
  const bins: TimelineDto = await (
    await door.get(`/api/v1/timeline?${period}&accountable=true&action=Delete&draw=bins&grain=week`)
  ).json();
  expect(bins.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(drawn.total);
});

test('R21, R22: a thousand edits are one mark of a thousand, and the trunk deleted among them stands beside it', async ({
  visit,
  api,
  truth,
  records,
  period,
}) => {
  const task = truth.groups.find((group) => group.id === 'bulk:skills');
  const deletion = records.find(
    (record) =>
      task?.auditIds.includes(record.id) && record.action === 'Delete' && record.entityType === 'Trunk',
  );
  const door = await api('officer');
  const child: ChangeDetailDto = await (await door.get(`/api/v1/changes/${deletion?.id}`)).json();
  const page = await visit('officer', `/timeline?${period}`);
  const session = page.getByRole('button', { name: /^Session: .*1,000 changes/ });
  await expect(session).toHaveCount(1);
  await expect(session).toContainText('×1,000');
  const alone = page.getByRole('button', {
    name: new RegExp(`^${escaped(child.sentence)}\\..*part of a session`),
  });
  await expect(alone).toHaveCount(1);
  await session.press('Enter');
  await expect(page).toHaveURL(new RegExp(`task=${child.sessionId}`));
  await expect(page.getByRole('dialog')).toContainText('1,000');
});

test('zooming keeps every count: chart, table and lanes agree from the year down to the day', async ({
  visit,
  truth,
}) => {
  const end = Date.parse(truth.anchor);
  const range = new URLSearchParams({
    from: new Date(end - 30 * 86_400_000).toISOString(),
    to: truth.anchor,
  });
  const page = await visit('officer', `/timeline?${range}`);
  await expect(marks(page).first()).toBeVisible();
  const counts: number[] = [];
  for (const length of ['Year', 'Month', 'Week', 'Day']) {
    await page.getByRole('button', { name: length, exact: true }).click();
    await expect(page.getByRole('button', { name: length, exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    const empty = page.getByText('No high-risk change in this period');
    const settled = page.locator('[data-total]').filter({ hasText: /in the chart$/ });
    await expect(empty.or(settled).first()).toBeVisible();
    if ((await empty.count()) > 0) break;
    const lanes = page.getByRole('button', { name: /^(Planned|Ad-hoc) ?[\d,]+$/ });
    let count = -1;
    // Chart and table answer one after the other; what they say is compared once both do.
    await expect(async () => {
      count = await totals(page);
      const texts = await lanes.allInnerTexts();
      expect(
        texts.reduce((sum, text) => sum + Number(text.replace(/\D/g, '')), 0),
        length,
      ).toBe(count);
    }).toPass({ timeout: 15_000 });
    counts.push(count);
  }
  expect(counts.length).toBeGreaterThan(1);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
});

test('a stretch dragged on the chart is what the table lists, by mouse and by keys, and the address keeps it', async ({
  visit,
  period,
}) => {
  const page = await visit('officer', `/timeline?${period}`);
  await expect(marks(page).first()).toBeVisible();
  const whole = await totals(page);
  const box = await chart(page).boundingBox();
  if (box === null) throw new Error('the chart is not drawn');
  const y = box.y + 30;
  await page.mouse.move(box.x + box.width * 0.6, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, y, { steps: 8 });
  await page.mouse.up();
  await expect(page).toHaveURL(/brush=/);
  await expect(page.getByRole('heading', { name: 'Changes in the selection' })).toBeVisible();
  const part = await totals(page);
  expect(part).toBeGreaterThan(0);
  expect(part).toBeLessThan(whole);
  await page.reload();
  expect(await totals(page)).toBe(part);
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect.poll(() => totals(page)).toBe(whole);

  await marks(page).first().focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page).toHaveURL(/brush=/);
  await expect(page.getByRole('heading', { name: 'Changes in the selection' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/brush=/);
});

test('keys alone: along the marks, into a change and back, to the table and back', async ({
  visit,
  period,
}) => {
  const page = await visit('officer', `/timeline?${period}`);
  await expect(marks(page).first()).toBeVisible();
  await expect(chart(page).locator('[data-item][tabindex="0"]')).toHaveCount(1);
  await marks(page).first().focus();
  await page.keyboard.press('End');
  const last = await page.evaluate(() => document.activeElement?.getAttribute('data-item'));
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(marks(page).first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const second = page.locator('[data-item]:focus');
  expect(await second.getAttribute('data-item')).not.toBe(last);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/(change|task)=/);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { name: 'Changes in the chart' })).toBeFocused();
});

test('R4: the high-impact services are one press away, shown as chips, and each can be taken out', async ({
  visit,
  period,
}) => {
  const page = await visit('officer', `/timeline?${period}`);
  await expect(marks(page).first()).toBeVisible();
  const preset = page.getByRole('button', { name: 'High-impact services', exact: true });
  await preset.click();
  await expect(preset).toHaveAttribute('aria-pressed', 'true');
  for (const service of ['Architect', 'Directory', 'Integrations', 'PeoplePermissions'])
    await expect(page.getByRole('button', { name: `Remove Service: ${service}` })).toBeVisible();
  await page.getByRole('button', { name: 'Remove Service: Architect' }).click();
  await expect(preset).toHaveAttribute('aria-pressed', 'false');
  await expect(page).toHaveURL(/service=Directory/);
});

test('nothing found says what was searched and whether all of it was seen', async ({ visit, period }) => {
  const page = await visit('officer', `/timeline?${period}&service=NothingIsCalledSo`);
  await expect(
    page.getByRole('heading', { name: 'No high-risk change matches these filters' }),
  ).toBeVisible();
  await expect(page.getByText(/Searched: .*(not collected|collected or is still to come)/)).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  test(`no barrier on the timeline, ${theme}`, async ({ visit, page, period }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await visit('officer', `/timeline?${period}`);
    await expect(marks(page).first()).toBeVisible();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run(document, {}));
    expect(
      violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .map((one) => `${one.id}: ${one.nodes[0]?.html.slice(0, 200)}`),
    ).toEqual([]);
  });

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
