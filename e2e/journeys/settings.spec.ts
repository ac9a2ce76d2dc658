import type { Locator, Page } from '@playwright/test';
import type { JournalPageDto } from '@/lib/journal/contract';
import { CLIENTS } from '../sandbox/world/access.ts';
import { expect, test } from '../stage/stage';

/** The wide table's row that holds this text. */
const row = (page: Page, text: string): Locator => page.locator('tr[data-row]').filter({ hasText: text });

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

test('sources that the environment sets are shown as such, read-only, without their secrets', async ({
  visit,
  api,
}) => {
  const page = await visit('admin', '/settings');
  const rows = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Set by the environment' });
  await expect(rows).toHaveCount(7);
  await expect(rows.getByRole('button')).toHaveCount(0);
  await expect(rows.filter({ hasText: 'set, never shown' })).not.toHaveCount(0);
  expect(await page.content()).not.toContain(CLIENTS.collector.secret);

  const admin = await api('admin');
  const { items }: { items: { id: string; origin: string }[] } = await (
    await admin.get('/api/v1/settings/sources')
  ).json();
  for (const source of items.filter((one) => one.origin === 'environment')) {
    const answer = await admin.patch(`/api/v1/settings/sources/${source.id}`, { data: { name: 'mine now' } });
    expect(answer.status(), source.id).toBeGreaterThanOrEqual(400);
  }
});

test('an API key is shown once, works with Bearer, and is dead when revoked', async ({
  visit,
  api,
  apiWith,
}) => {
  const page = await visit('admin', '/settings/api-keys');
  const name = `nightly export ${Date.now()}`;
  await page.getByRole('button', { name: 'Create a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await choose(page, 'Role', 'Compliance officer');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  const key = await dialog.getByRole('textbox', { name: 'key' }).inputValue();
  expect(key).toMatch(/^tsk_[A-Za-z0-9_-]{43}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, name)).toContainText('In use');
  await page.reload();
  await expect(row(page, name)).toContainText('Compliance officer');
  expect(await page.content()).not.toContain(key);

  const bearer = await apiWith(key);
  const me = await bearer.get('/api/v1/me');
  expect(await me.json()).toMatchObject({ kind: 'api_key', role: 'officer', name });
  await page
    .getByRole('button', { name: `Revoke ${name}` })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row(page, name)).toContainText('Revoked');
  const refused = await bearer.get('/api/v1/me');
  expect(refused.status()).toBe(401);
  expect(refused.headers()['www-authenticate']).toBe('Bearer');

  const journal: JournalPageDto = await (
    await (await api('admin')).get('/api/v1/journal?action=api_key.*&limit=20')
  ).json();
  const acts = journal.items
    .filter((entry) => JSON.stringify(entry).includes(name))
    .map((entry) => entry.action);
  expect(acts).toContain('api_key.created');
  expect(JSON.stringify(journal)).not.toContain(key);
});

test('a person is added with a password shown once, gets another role, and each act is in the journal', async ({
  visit,
  api,
}) => {
  const page = await visit('admin', '/settings/people');
  const stamp = Date.now();
  const name = `Nora Newcomb ${stamp}`;
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('E-mail').fill(`nora-${stamp}@northwind.example.test`);
  await choose(page, 'Role', 'Operator');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const password = await dialog.getByRole('textbox', { name: 'password' }).inputValue();
  expect(password.length).toBeGreaterThanOrEqual(15);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, name)).toContainText('Operator');

  await row(page, name)
    .getByRole('button', { name: `Actions for ${name}` })
    .click();
  await page
    .getByRole('menuitem', { name: 'Privacy officer' })
    .or(page.getByRole('menuitemcheckbox', { name: 'Privacy officer' }))
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click();
  await expect(row(page, name)).toContainText('Privacy officer');
  await expect(row(page, 'Ada Moreau')).toContainText('you');

  const journal: JournalPageDto = await (
    await (await api('admin')).get('/api/v1/journal?action=user.*&limit=20')
  ).json();
  const user = journal.items.find((entry) => entry.action === 'user.created')?.object.id;
  const acts = journal.items.filter((entry) => entry.object.id === user);
  expect(acts.map((entry) => entry.action)).toEqual(
    expect.arrayContaining(['user.created', 'user.role_changed']),
  );
  for (const entry of acts) expect(entry.actor).toMatchObject({ kind: 'person', name: 'Ada Moreau' });
  expect(JSON.stringify(journal)).not.toContain(password);
});

test('what may not be done is not offered, and the page says why', async ({ visit }) => {
  const page = await visit('auditor', '/settings/people');
  await expect(row(page, 'Ada Moreau')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a person' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Actions for/ })).toHaveCount(0);
  await page.goto('/settings');
  await expect(page.getByRole('button', { name: /Connect|Pause|Change/ })).toHaveCount(0);
  await page.goto('/coverage?view=runs');
  await expect(page.getByRole('button', { name: 'Start a collection' })).toHaveCount(0);
});

test('a role without the journal that goes there by hand is told so', async ({ visit, quiet }) => {
  quiet.allow(/403/);
  const page = await visit('operator', '/journal');
  await expect(page.getByRole('main')).toContainText('Your role does not allow this');
});

test('the policy in force is shown with its origin and its history', async ({ visit }) => {
  const page = await visit('officer', '/settings/policy');
  await expect(page.getByText('Tags of divisions')).toBeVisible();
  await expect(page.getByText('from the policy file').first()).toBeVisible();
  await expect(page.getByRole('main')).toContainText('EMEA Restricted');
});
