import type { APIRequestContext } from '@playwright/test';
import type { JournalEntryDto, JournalPageDto } from '@/lib/journal/contract';
import { persona } from '../stage/programme';
import { expect, test } from '../stage/stage';

async function entriesSince(door: APIRequestContext, since: string, query = ''): Promise<JournalEntryDto[]> {
  const found: JournalEntryDto[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const on: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: JournalPageDto = await (
      await door.get(`/api/v1/journal?from=${since}&limit=500${query}${on}`)
    ).json();
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

test('L23: each view of an auditor leaves a row; the same view of an officer leaves none', async ({
  visit,
  api,
  context,
}) => {
  const since = new Date().toISOString();
  const page = await visit('auditor', '/changes?period=90d');
  await expect(page.locator('tr[data-row]').first()).toBeVisible();
  const journal = await api('admin');
  const rows = await entriesSince(journal, since);
  const mine = rows.filter((entry) => entry.actor.name === persona('auditor').name);
  expect(mine.map((entry) => entry.action)).toContain('changes.viewed');
  expect(mine.every((entry) => entry.actor.kind === 'person' && entry.actor.requestId !== null)).toBe(true);

  await context.clearCookies();
  const later = new Date().toISOString();
  await visit('officer', '/changes?period=90d');
  await expect(page.locator('tr[data-row]').first()).toBeVisible();
  const quiet = await entriesSince(journal, later);
  expect(quiet.filter((entry) => entry.actor.name === persona('officer').name)).toEqual([]);
});

test('raw records, exports and refusals leave a row whoever does them', async ({
  api,
  apiWithNewKey,
  records,
}) => {
  const since = new Date().toISOString();
  const id = records.find((record) => record.accountable)?.id;
  await (await api('officer')).get(`/api/v1/changes/${id}/raw`);
  await (await apiWithNewKey('officer')).get('/api/v1/changes/export?format=csv&q=Zürich');
  const refused = await (await api('operator')).get(`/api/v1/changes/${id}/raw`);
  expect(refused.status()).toBe(403);
  const rows = await entriesSince(await api('admin'), since);
  const of = (name: string) => rows.filter((entry) => entry.actor.name === name);
  expect(of(persona('officer').name)[0]).toMatchObject({
    object: { id },
    detail: { permission: 'changes.raw' },
  });
  const exported = of('journey, officer').find((entry) => entry.detail.permission === 'changes.export');
  expect(exported?.actor.kind).toBe('api_key');
  expect(exported?.detail).toMatchObject({ format: 'csv', filter: { q: 'Zürich' } });
  expect(of(persona('operator').name)[0]).toMatchObject({
    action: 'access.denied',
    object: { type: 'permission', id: 'changes.raw' },
  });
});

test('the page: filters in the address, a row opened by keyboard, the whole entry beside the list', async ({
  visit,
}) => {
  const page = await visit('admin', '/journal?action=api_key.*');
  const rows = page.locator('tr[data-row]');
  await expect(rows.first()).toContainText('Ada Moreau');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/entry=/);
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('Leaf hash', { exact: true })).toBeVisible();
  await expect(sheet.getByText('Not sealed')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('no secret ever entered the journal', async ({ api }) => {
  const text = JSON.stringify(await entriesSince(await api('admin'), '2020-01-01T00:00:00Z'));
  expect(text).not.toMatch(/tsk_[A-Za-z0-9_-]{20}/);
  for (const role of ['admin', 'officer', 'auditor', 'operator', 'privacy_officer'] as const) {
    expect(text).not.toContain(persona(role).password);
  }
});
