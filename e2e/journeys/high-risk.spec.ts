import type { RiskRulesDto } from '@/lib/changes/contract/risk-rules';
import { expect, test } from '../stage/stage';

const NAME = `Journey: trunks touched ${Date.now()}`;
const WHY = 'The journey asks for it, to see it judged.';

// Of level low, so that no count of high-risk changes moves: the other journeys count them.
test('R20: what is high-risk is proposed by one, approved by another, and changes name the rule that judged them', async ({
  visit,
  api,
  truth,
}) => {
  test.setTimeout(150_000);
  const page = await visit('admin', '/settings/high-risk');
  const table = page.getByRole('table', { name: /^High-risk rules of/ });
  await expect(
    table.getByRole('link', { name: 'Deletion of trunks, edges, sites and routes' }),
  ).toBeVisible();
  for (const rule of ['Deletion of a division', 'OAuth client created', 'Recording settings'])
    await expect(table.getByRole('link', { name: rule })).toBeVisible();

  const sheet = page.getByRole('dialog', { name: 'High-risk rule' });
  await expect(async () => {
    // Once it is open it covers the link.
    if (!(await sheet.isVisible())) await page.getByRole('link', { name: 'Propose a rule' }).click();
    await expect(sheet).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await sheet.getByLabel('Name').fill(NAME);
  await sheet.getByLabel('Level').click();
  await page.getByRole('option', { name: 'Low' }).click();
  await sheet.getByLabel('Reason').fill('trunks carry the calls');
  await sheet.getByRole('combobox', { name: 'Add to Entity types' }).fill('Trunk');
  await sheet.getByRole('combobox', { name: 'Add to Entity types' }).press('Enter');
  await sheet.getByRole('button', { name: 'Try it on the last 90 days' }).click();
  await expect(sheet.getByRole('columnheader', { name: 'Become high' })).toBeVisible();
  await sheet.getByLabel('It judges').click();
  await page.getByRole('option', { name: 'From an instant on, again' }).click();
  await sheet.getByLabel('From (UTC)').fill(truth.from.slice(0, 16));
  await sheet.getByLabel('Why').fill(WHY);
  await sheet.getByRole('button', { name: 'Propose', exact: true }).click();
  await expect(page.getByText('Proposed; another person must approve it')).toBeVisible();
  await expect(page.getByText('You proposed it; someone else must approve.')).toBeVisible();

  const officer = await api('officer');
  const tableNow = async (): Promise<RiskRulesDto['organizations'][number]> => {
    const { organizations }: RiskRulesDto = await (await officer.get('/api/v1/high-risk-rules')).json();
    const [first] = organizations;
    if (first === undefined) throw new Error('no organisation');
    return first;
  };
  const waiting = (await tableNow()).proposals.find(
    (one) => one.content.name === NAME && one.decision === null,
  );
  expect(waiting?.may.approve).toEqual({ allowed: true, because: null });
  const approved = await officer.post(`/api/v1/high-risk-rules/${waiting?.id}/decision`, {
    data: { decision: 'approve', why: WHY },
  });
  expect(approved.status()).toBe(200);

  const ruleId = waiting?.ruleId ?? '';
  const counted = async () =>
    (await (await officer.get(`/api/v1/changes?riskRule=${ruleId}&accountable=true`)).json()).items.length;
  await expect.poll(counted, { timeout: 90_000, intervals: [1_000] }).toBeGreaterThan(0);
  const [first] = (await (await officer.get(`/api/v1/changes?riskRule=${ruleId}`)).json()).items;
  await page.goto(`/changes/${first.id}`);
  await expect(page.getByRole('link', { name: `${NAME}, version 1` })).toBeVisible();

  await page.goto('/settings/high-risk');
  const row = table.getByRole('row').filter({ hasText: NAME });
  const door = row.getByRole('link', { name: /^[\d,]+$/ });
  const shown = Number((await door.textContent())?.replaceAll(',', ''));
  await door.click();
  await expect(page).toHaveURL(/riskRule=/);
  await expect(page.getByText(`High-risk rule: ${ruleId}`)).toBeVisible();
  const rows = page.getByRole('table').first().locator('tbody tr');
  await expect(rows).toHaveCount(Math.min(shown, 50));
});
