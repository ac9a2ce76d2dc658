import { setTimeout as pause } from 'node:timers/promises';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import type { RateDto } from '@/lib/linking/contract';
import { openTicket, perform, ticketFate } from '../stage/outside';
import { expect, test } from '../stage/stage';

const PATIENCE = { timeout: 90_000, intervals: [500, 1_000, 2_000] };

function section(page: Page, title: string): Locator {
  return page
    .locator('article section')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}

/** A collection asks up to ten seconds ago, so that what was just recorded needs one more. */
const EDGE_MS = 11_000;

async function collectNow(admin: APIRequestContext): Promise<void> {
  const answer = await admin.post('/api/v1/collections', { data: { kind: 'sync' } });
  expect(answer.ok()).toBe(true);
}

async function linkageOf(door: APIRequestContext, id: string): Promise<string> {
  const answer = await door.get(`/api/v1/changes/${id}`);
  if (!answer.ok()) return `answered ${answer.status()}`;
  const change: ChangeDetailDto = await answer.json();
  return change.verdicts.length === 0 ? 'not judged' : change.linkage.status;
}

/** A rate without what has no history: bypass is told as it stands, and may be marked after the verdict. */
function withoutBypasses(rate: RateDto): unknown {
  const { bypasses: _all, asOf: _asOf, series, ...rest } = rate;
  return { ...rest, series: series.map(({ bypasses: _some, ...point }) => point) };
}

test('R5, R16, X4: a ticket approved later turns the change that cites it, and both verdicts stay in sight', async ({
  visit,
  api,
}) => {
  // Two collections, each waited for.
  test.setTimeout(240_000);
  const admin = await api('admin');
  const officer = await api('officer');
  const { key } = await openTicket({ system: 'servicenow', summary: 'Longer alerting on Card Payments' });
  const { records } = await perform('queue-edit', { target: 'Card Payments', cite: `under ${key}` });
  const id = records[0]?.id ?? '';
  await pause(EDGE_MS);
  await collectNow(admin);
  await expect.poll(() => linkageOf(officer, id), PATIENCE).toBe('mismatch');
  const printedAt = new Date().toISOString();
  const day = records[0]?.eventDate.slice(0, 10) ?? '';
  const period = `from=${day}T00:00:00Z&to=${printedAt.slice(0, 19)}Z`;
  const rateAt = async (more: string): Promise<RateDto> =>
    (await officer.get(`/api/v1/metrics/unlinked-change-rate?${period}${more}`)).json();
  const printed = await rateAt('');

  await ticketFate(key, 'approve');
  await collectNow(admin);
  await expect.poll(() => linkageOf(officer, id), PATIENCE).toBe('late_approval');

  const page = await visit('officer', `/changes/${id}`);
  const why = section(page, 'Why');
  await expect(why.getByText('Approved late', { exact: true }).first()).toBeVisible();
  const claim = why.getByRole('listitem').first();
  await expect(claim).toContainText(key);
  await expect(claim).toContainText('When the change was made');
  await expect(claim.getByRole('img', { name: /^Window from .*; the change at / })).toBeVisible();
  const history = why.getByRole('list', { name: 'History of this verdict' }).getByRole('listitem');
  await expect(history).toHaveCount(2);
  await expect(history.first()).toContainText('Mismatch');
  await expect(history.first()).toContainText('Approved late');
  await expect(history.first()).toContainText(`Because ${key}: approved at`);
  await expect(history.first()).toContainText(`when ${key} changed`);
  await expect(history.last()).toContainText('when it was first looked at');

  // The past day as it stood when it was printed, and as it stands now.
  const stood = await rateAt(`&asOf=${printedAt}`);
  expect(withoutBypasses(stood)).toEqual(withoutBypasses(printed));
  const now = await rateAt('');
  expect(now.counts.mismatch).toBeLessThan(printed.counts.mismatch);
});

test('R16, X3: the overview shows the rate as it stood on an instant, says so, and goes back to now', async ({
  visit,
  period,
}) => {
  const page = await visit('officer', `/overview?${period}`);
  const card = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Unlinked change rate' }) });
  await card.getByText('As it stands now').click();
  await card.getByLabel(/^As it stood on/).fill('2020-01-01T00:00');
  await card.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/at=2020-01-01/);
  await expect(card.getByText(/^As it stood on/).first()).toBeVisible();
  await expect(card.getByText('No changes')).toBeVisible();
  await card.getByRole('button', { name: 'Now' }).click();
  await expect(page).not.toHaveURL(/at=/);
  await expect(card.getByText('As it stands now')).toBeVisible();
});
