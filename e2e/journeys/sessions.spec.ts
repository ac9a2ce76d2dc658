import type { Page } from '@playwright/test';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import type { Page as ApiPage } from '@/lib/kernel/paging';
import type { SessionDetailDto, SessionDto, SessionSummaryDto } from '@/lib/sessions/contract';
import { expect, test } from '../stage/stage';

const count = (n: number) => n.toLocaleString('en-US');
const listed = (page: Page) => page.getByRole('main').locator('p[aria-live] strong');
const row = (page: Page, id: string) => page.locator(`tr[data-row="${id}"]`);

test('D26, R21, R23: each planted cascade and bulk task is one session with exactly its records; 19 changes are none', async ({
  api,
  truth,
}) => {
  const door = await api('officer');
  for (const group of truth.groups) {
    const first: ChangeDetailDto = await (await door.get(`/api/v1/changes/${group.auditIds[0]}`)).json();
    if (group.kind === 'not_bulk') {
      expect(first.sessionId, group.note).toBeNull();
      continue;
    }
    const answer = await door.get(`/api/v1/sessions/${first.sessionId}`);
    const session: SessionDetailDto = await answer.json();
    expect(session.reconciled, group.note).toEqual({ summed: session.changes, counted: session.changes });
    // What is nested counts in the task around it, too.
    const inside = truth.groups.filter((one) => one.parent === group.id);
    const nested = inside.reduce((sum, one) => sum + one.count, 0);
    expect(session.changes, group.note).toBe(group.count + nested);
    expect(session.nested, group.note).toBe(inside.length);
    expect(session.parentId === null, group.note).toBe(group.parent === undefined);
  }
});

test('D26, D27: the cascade of the edge group is one row; its page adds up and opens every record', async ({
  visit,
  truth,
  api,
}) => {
  const cascade = truth.groups
    .filter((group) => group.kind === 'cascade')
    .sort((a, b) => b.count - a.count)[0];
  const door = await api('officer');
  const child: ChangeDetailDto = await (await door.get(`/api/v1/changes/${cascade?.auditIds[0]}`)).json();
  const id = child.sessionId ?? '';
  const page = await visit('officer', `/sessions?period=90d&kind=cascade&sort=largest`);
  await expect(row(page, id)).toContainText(count(cascade?.count ?? 0));
  await row(page, id).getByRole('link').first().click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText(
    `${count(cascade?.count ?? 0)} children = ${count(cascade?.count ?? 0)} records`,
  );
  await sheet.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions/${id}`));
  await expect(page.getByRole('heading', { name: 'Why these belong together' })).toBeVisible();
  await page.getByRole('link', { name: `${count(cascade?.count ?? 0)} records`, exact: true }).click();
  await expect(listed(page)).toHaveText(count(cascade?.count ?? 0));
});

test('R22, X6: a grave child is lifted out of the many, on the row and on the page, and stays a row of its own', async ({
  visit,
  truth,
  records,
  api,
}) => {
  const bulk = truth.groups.find((group) => group.id === 'bulk:skills');
  const deletion = records.find(
    (record) =>
      bulk?.auditIds.includes(record.id) && record.action === 'Delete' && record.entityType === 'Trunk',
  );
  const door = await api('officer');
  const change: ChangeDetailDto = await (await door.get(`/api/v1/changes/${deletion?.id}`)).json();
  const page = await visit('officer', `/sessions?period=90d&sort=largest&risk=high&risk=critical`);
  await expect(row(page, change.sessionId ?? '')).toContainText(change.sentence);
  await page.goto(`/sessions/${change.sessionId}`);
  await expect(page.getByRole('heading', { name: 'Not to be overlooked' })).toBeVisible();
  await page.getByRole('link', { name: change.sentence }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(change.sentence);
  await expect(page.getByRole('link', { name: /session of 1,000 changes/ })).toBeVisible();
  await page.goto(`/changes?period=90d&risk=high&risk=critical&action=Delete&entityType=Trunk`);
  await expect(row(page, deletion?.id ?? '')).toContainText('in a session');
});

test('R21: the executive summary tells a thousand changes of one account as one entry', async ({
  visit,
  api,
  period,
}) => {
  const door = await api('officer');
  const sums: SessionSummaryDto = await (await door.get(`/api/v1/sessions/summary?${period}`)).json();
  const largest: ApiPage<SessionDto> = await (
    await door.get(`/api/v1/sessions?${period}&sort=largest&limit=3`)
  ).json();
  const page = await visit('officer', `/overview?${period}`);
  const summary = page.locator('section').filter({
    has: page.getByRole('heading', { name: 'Executive summary' }),
  });
  for (const session of largest.items) {
    const entry = summary.getByRole('listitem').filter({ hasText: session.sentence });
    await expect(entry).toHaveCount(1);
    await expect(entry).toContainText(`${count(session.changes)} changes`);
  }
  await expect(summary).toContainText(`${count(sums.bulkTasks)} bulk tasks`);
  await summary.getByRole('link', { name: /bulk tasks$/ }).click();
  await expect(page).toHaveURL(/\/sessions\?.*kind=bulk/);
});

test('the counts of the list are doors, and keys walk it', async ({ visit, api, period }) => {
  const door = await api('officer');
  const sums: SessionSummaryDto = await (await door.get(`/api/v1/sessions/summary?${period}`)).json();
  const page = await visit('officer', `/sessions?${period}`);
  const figure = page.getByRole('link', { name: `${count(sums.bulkTasks)} bulk tasks` });
  await figure.click();
  await expect(page).toHaveURL(/kind=bulk/);
  await expect(page.locator('tr[data-row]')).toHaveCount(sums.bulkTasks);
  // The keys of a list leave Enter to the link one stands on.
  await page.getByRole('heading', { level: 1 }).click();
  const first = await page.locator('tr[data-row]').first().getAttribute('data-row');
  await expect(async () => {
    await page.keyboard.press('k');
    await expect(page.locator('tr[data-row]').first()).toHaveAttribute('aria-current', 'true', {
      timeout: 500,
    });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`session=${first}`));
  // The keys are the sheet's once it is there.
  await expect(page.getByRole('dialog').getByRole('heading').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(new RegExp(`session=${first}`));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await figure.click();
  await expect(page).not.toHaveURL(/kind=bulk/);
  const search = page.getByRole('searchbox', { name: /Search sessions/ });
  await search.fill('nobody is called so');
  await search.press('Enter');
  await expect(page.getByRole('heading', { name: 'No session matches these filters' })).toBeVisible();
});

test('an id of no session says where it was looked for', async ({ visit, quiet }) => {
  quiet.allow(/404/);
  const page = await visit('officer', '/sessions/ssn_00000000-0000-4000-8000-000000000000');
  await expect(page.getByText('No session with this id')).toBeVisible();
});
