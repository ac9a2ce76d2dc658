import type { DivisionTagsDto } from '@/lib/divisions/contract';
import { expect, test } from '../stage/stage';

test('D17, D31: tags of divisions are edited by an administrator and hold from then on', async ({
  visit,
  api,
}) => {
  const page = await visit('admin', '/settings/divisions');
  const rank = page.getByRole('table').getByRole('textbox', { name: 'Rank of EMEA Sales' });
  const before = await rank.inputValue();
  const wanted = before === '2' ? '3' : '2';
  const save = page.getByRole('button', { name: 'Save', exact: true });
  // The fields stand there before the page listens: it is typed until it is heard.
  await expect(async () => {
    await rank.fill(wanted);
    await expect(save).toBeVisible({ timeout: 500 });
  }).toPass();
  await save.click();
  await expect(page.getByText('Saved the tags')).toBeVisible();
  const { items }: DivisionTagsDto = await (
    await (await api('admin')).get('/api/v1/settings/divisions')
  ).json();
  expect(items.find((one) => one.name === 'EMEA Sales')?.tag).toMatchObject({
    region: 'EMEA',
    rank: Number(wanted),
    setBy: 'Ada Moreau',
  });
  await rank.fill(before);
  await save.click();
  await expect(save).toHaveCount(0);
});
