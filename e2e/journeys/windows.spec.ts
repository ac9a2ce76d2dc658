import type { WindowsDto } from '@/lib/directory/contract/windows';
import { expect, test } from '../stage/stage';

test('L11, X4: an administrator types in a window, sees when it opens, changes nothing of others, and withdraws it', async ({
  visit,
  api,
}) => {
  const page = await visit('admin', '/settings/change-windows');
  const evening = page.getByRole('listitem').filter({ hasText: 'Evening maintenance' });
  await expect(evening).toContainText('Monday to Friday, 19:00 to 23:00 UTC');
  await expect(evening.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('img', { name: /^Change windows and freezes from/ })).toBeVisible();

  const dialog = page.getByRole('dialog');
  await expect(async () => {
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const name = `Trunk work ${Date.now()}`;
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Time zone').fill('Europe/Berlin');
  await dialog.getByLabel('Sat').check();
  await dialog.getByLabel('Start').fill('02:30');
  await dialog.getByLabel('End').fill('04:00');
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText(
    'Every Saturday, 02:30 to 04:00 Europe/Berlin',
  );
  await dialog.getByLabel('Reason').fill('agreed in the change board');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`Saved ${name}`)).toBeVisible();

  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name: 'Versions' })).toBeVisible();
  await expect(page.getByText('agreed in the change board')).toBeVisible();
  await page.getByRole('button', { name: `Withdraw ${name}` }).click();
  await dialog.getByLabel('Reason').fill('it was called off');
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  // The dialog goes when it is done; until then its own field holds the words.
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('it was called off')).toBeVisible();

  const { items }: WindowsDto = await (await (await api('auditor')).get('/api/v1/change-windows')).json();
  expect(items.find((one) => one.name === name)).toMatchObject({
    withdrawn: true,
    versions: 2,
    decidedBy: 'Ada Moreau',
  });
});

test('X4: the calendar is read as a table with one key, and by roles that may change nothing', async ({
  visit,
}) => {
  const page = await visit('auditor', '/settings/change-windows?view=month');
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toHaveCount(0);
  await expect(page.getByText('windows shaded, freezes hatched')).toBeVisible({ timeout: 30_000 });
  const table = page.getByRole('table', { name: /^Change windows and freezes from/ });
  await expect(async () => {
    await page.getByRole('button', { name: /^Table/ }).click();
    await expect(table).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(table.getByRole('row').filter({ hasText: 'Evening maintenance' }).first()).toBeVisible();
});
