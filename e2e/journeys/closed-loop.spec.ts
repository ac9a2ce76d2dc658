import type { Page } from '@playwright/test';
import { expect, test } from '../stage/stage';

function loop(page: Page) {
  return page
    .locator('article section')
    .filter({ has: page.getByRole('heading', { name: 'Closed loop', exact: true }) });
}
const step = (page: Page, name: string) => loop(page).locator(`[data-step="${name}"]`);

/** A change that the pipeline applied from the planted commit. */
function appliedFrom(
  {
    truth,
    records,
  }: {
    truth: { commits: readonly { key: string; hash: string; mergeHash: string }[] };
    records: readonly {
      id: string;
      marks: readonly string[];
      citations: readonly string[];
      accountable: boolean;
    }[];
  },
  key: string,
): string {
  const commit = truth.commits.find((one) => one.key === key);
  const found = records.find(
    (record) =>
      record.accountable &&
      record.marks.includes('pipeline-apply') &&
      record.citations.some((hash) => commit?.hash.startsWith(hash) || commit?.mergeHash.startsWith(hash)),
  );
  return found?.id ?? '';
}

test('R13: a reviewed, merged and applied change shows the loop closed, each step with who and when', async ({
  visit,
  truth,
  records,
}) => {
  const page = await visit('officer', `/changes/${appliedFrom({ truth, records }, 'apply/0')}`);
  await expect(loop(page)).toContainText('The loop is closed: every step is found.');
  await expect(step(page, 'review')).toContainText('priya-nair approved #');
  await expect(step(page, 'merge')).toContainText('into main');
  await expect(step(page, 'apply')).toContainText('a configured pipeline client, applied it');
  await expect(step(page, 'audit_record')).toContainText('audit record');
});

test('R13: what nobody reviewed shows the review as missing, in shape, word and sentence', async ({
  visit,
  truth,
  records,
}) => {
  const page = await visit('officer', `/changes/${appliedFrom({ truth, records }, 'apply/5')}`);
  await expect(loop(page)).toContainText('The loop is open: review is missing.');
  await expect(step(page, 'review')).toHaveAttribute('data-state', 'missing');
  await expect(step(page, 'review')).toContainText('Missing');
  await expect(step(page, 'review')).toContainText('Nobody but its authors reviewed');
});

test('R12: the Git diff stands beside what the platform recorded; unified or split; its lines name the object', async ({
  visit,
  truth,
  records,
}) => {
  const id = appliedFrom({ truth, records }, 'apply/1');
  const entityId = records.find((record) => record.id === id)?.entityId ?? '';
  const page = await visit('auditor', `/changes/${id}`);
  const files = loop(page).getByRole('list', { name: 'Files of the commit' });
  await expect(files.getByText('names this object').first()).toBeVisible();
  const diff = files.getByRole('table').first();
  await expect(diff).toContainText(entityId);
  await expect(diff.locator('[data-line="added"]').first()).toBeVisible();
  await expect(diff.locator('[data-line="removed"]').first()).toBeVisible();
  await expect(loop(page).getByRole('region', { name: 'What the platform recorded' })).toBeVisible();
  await loop(page).getByRole('button', { name: 'Split' }).click();
  await expect(diff.locator('[data-line="added"]')).toHaveCount(0);
  await expect(diff).toContainText(entityId);
});

test('R18, R19: by hand past the pipeline is a bypass; the pipeline’s own change is none', async ({
  visit,
  truth,
  records,
}) => {
  const bypass = records.find((record) => record.marks.includes('bypass'));
  const page = await visit('officer', `/changes/${bypass?.id}`);
  await expect(loop(page)).toContainText('Bypass.');
  await expect(step(page, 'apply')).toHaveAttribute('data-state', 'missing');
  await page.goto(`/changes/${appliedFrom({ truth, records }, 'apply/1')}`);
  await expect(step(page, 'apply')).toHaveAttribute('data-state', 'found');
  await expect(loop(page)).not.toContainText('Bypass.');
});

test('R14: a hash that no repository has is told as such', async ({ visit, records }) => {
  const unknown = records.find((record) => record.marks.includes('mismatch:unknown-commit'));
  const page = await visit('officer', `/changes/${unknown?.id}`);
  await expect(step(page, 'review')).toContainText('no configured repository has it');
  await expect(loop(page)).toContainText('no commit of a configured repository stands behind this change');
});
