import { createHash } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import { servedRecord } from '../stage/outside';
import { expect, test } from '../stage/stage';

/** A section of the change by its title. */
function section(page: Page, title: string): Locator {
  return page
    .locator('article section')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}
const headline = (page: Page) => page.getByRole('heading', { level: 1 });
const property = (page: Page, name: string) =>
  section(page, 'What')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

test('D5, D6, D23, X5: a move bears the names of its moment, before and after the division was renamed', async ({
  visit,
  truth,
}) => {
  const rename = truth.nameChanges.find((change) => change.kind === 'division' && change.to !== null);
  const moves = truth.moves.filter((move) => move.fromDivisionId === rename?.id);
  // The rename leaves no record; the snapshots on both sides tell it, so the days next to it are left out.
  const clear = 8 * 86_400_000;
  const old = moves.find((move) => move.at < (rename?.at ?? 0) - clear);
  const young = moves.find((move) => move.at > (rename?.at ?? 0) + clear);
  for (const [move, name] of [
    [old, rename?.from],
    [young, rename?.to],
  ] as const) {
    const page = await visit('officer', `/changes/${move?.auditId}`);
    await expect(headline(page)).toContainText(`moved ${move?.targetName} from ${name} to ${move?.toName}`);
    const cells = property(page, 'divisionId').getByRole('cell');
    await expect(cells.nth(0)).toContainText(name ?? '');
    await expect(cells.nth(1)).toContainText(move?.toName ?? '');
    await expect(section(page, 'What')).toContainText('known from the');
    await expect(section(page, 'Who and where').getByText('Actor')).toBeVisible();
    await expect(page.locator('header').getByText(move?.clientIp ?? 'no address')).toBeVisible();
  }
});

test('D24, R25: what was deleted later keeps its name', async ({ visit, truth, records }) => {
  const gone = truth.moves.find((move) => move.fromName === 'Partner Pilot');
  const page = await visit('officer', `/changes/${gone?.auditId}`);
  await expect(headline(page)).toContainText(`Partner Hotline from Partner Pilot to ${gone?.toName}`);
  for (const name of ['SBC-Legacy', 'Care Overflow', 'Otis Fairbanks']) {
    const thing = truth.nameChanges.find((change) => change.from === name);
    const deletion = records.find(
      (record) =>
        record.entityId === thing?.id && record.accountable && Date.parse(record.eventDate) === thing?.at,
    );
    await page.goto(`/changes/${deletion?.id}`);
    await expect(headline(page)).toContainText(name);
  }
});

test('R26: a thing that no snapshot saw is named by its create record, or stays unresolved', async ({
  visit,
  records,
  truth,
}) => {
  const named = records.find((record) => record.marks.includes('name-from-create-event'));
  const page = await visit('officer', `/changes/${named?.id}`);
  await expect(headline(page)).toContainText('SBC-Interim');
  await expect(section(page, 'What')).toContainText('name given when it was created');
  const ghost = records.find((record) => record.marks.includes('unresolvable-name'));
  expect(truth.shortLived.some((thing) => thing.id === ghost?.entityId && !thing.resolvable)).toBe(true);
  await page.goto(`/changes/${ghost?.id}`);
  await expect(section(page, 'Who and where')).toContainText('name unresolved');
});

test('R7: every property is shown, with none, with lists and with serialised values', async ({
  visit,
  records,
}) => {
  const shape = (mark: string) => records.find((record) => record.marks.includes(`shape:${mark}`))?.id;
  const page = await visit('officer', `/changes/${shape('many-properties')}`);
  await expect(section(page, 'What').getByRole('rowheader', { includeHidden: true })).toHaveCount(14);
  await page.goto(`/changes/${shape('no-property')}`);
  await expect(section(page, 'What')).toContainText('The record names no property');
  await page.goto(`/changes/${shape('array-values')}`);
  await expect(property(page, 'skills').getByRole('cell').nth(0).getByRole('listitem')).toHaveText([
    'a',
    'b',
    'c',
  ]);
  await expect(property(page, 'skills').getByRole('cell').nth(1).getByRole('listitem')).toHaveText([
    'c',
    'd',
  ]);
  await page.goto(`/changes/${shape('no-user')}`);
  await expect(headline(page)).toBeVisible();
  await expect(section(page, 'Who and where')).toContainText('not given');
});

test('D7: an id that no name is known for stays in sight and is marked', async ({ visit, api }) => {
  const door = await api('officer');
  const answer = await door.get('/api/v1/changes?actorKind=external&limit=1');
  const { items }: { items: ChangeDetailDto[] } = await answer.json();
  const page = await visit('officer', `/changes/${items[0]?.id}`);
  await expect(section(page, 'Who and where')).toContainText('name unresolved');
  await expect(section(page, 'Who and where').getByTitle(items[0]?.actor.id ?? 'no id')).toBeVisible();
});

test('why: each verdict shows its claims with status, approver and distance at the time', async ({
  visit,
  records,
}) => {
  const says = {
    linked: ['Linked', 'before the change'],
    late_approval: ['Approved late', 'after the change'],
    outside_window: ['Outside window', 'Window'],
    mismatch: ['Mismatch', 'Reasons'],
  } as const;
  for (const [status, [word, detail]] of Object.entries(says)) {
    const record = records.find((one) => one.linkage === status && one.citations.length === 1);
    const page = await visit('officer', `/changes/${record?.id}`);
    const why = section(page, 'Why');
    await expect(why.getByText(word, { exact: true }).first()).toBeVisible();
    const claim = why.getByRole('listitem').first();
    await claim.locator('details').evaluate((one: HTMLDetailsElement) => {
      one.open = true;
    });
    await expect(claim).toContainText(detail);
    await expect(claim).toContainText(/Confidence\s*[01]\.\d\d/);
  }
  const bare = records.find((one) => one.linkage === 'unlinked' && one.citations.length === 0);
  const page = await visit('officer', `/changes/${bare?.id}`);
  await expect(section(page, 'Why')).toContainText('cites no ticket and no commit');
});

test('R16: texts that only look like a citation link nothing', async ({ api, records }) => {
  const door = await api('officer');
  for (const record of records.filter((one) => one.marks[0] === 'red-herring')) {
    const change: ChangeDetailDto = await (await door.get(`/api/v1/changes/${record.id}`)).json();
    expect(change.linkage.status).toBe('unlinked');
  }
});

test('L1, X3: the raw record is what the platform served, byte for byte under the SHA-256 shown', async ({
  visit,
  api,
  records,
}) => {
  const record = records.find((one) => one.marks.includes('odd-name') && one.linkage === 'linked');
  const id = record?.id ?? '';
  const door = await api('officer');
  const change: ChangeDetailDto = await (await door.get(`/api/v1/changes/${id}`)).json();
  const raw = await door.get(`/api/v1/changes/${id}/raw`);
  const bytes = await raw.body();
  const hash = createHash('sha256').update(bytes).digest('hex');
  expect(bytes.length).toBe(change.evidence.length);
  expect(raw.headers()['x-record-sha256']).toBe(hash);
  expect(change.evidence.recordSha256).toBe(hash);
  expect(JSON.parse(bytes.toString('utf8'))).toMatchObject(await servedRecord(id));

  const page = await visit('officer', `/changes/${id}`);
  await expect(section(page, 'How we know').getByText(hash)).toBeVisible();
  await page.getByText('Show the record as it came').click();
  await page.getByRole('button', { name: 'As it came' }).click();
  await expect(page.getByRole('textbox', { name: 'Raw record' })).toHaveValue(bytes.toString('utf8'));
});

test('nothing is sealed yet, and nothing says it were', async ({ visit, api, records }) => {
  const id = records.find((record) => record.accountable)?.id;
  const proof = await (await api('officer')).get(`/api/v1/changes/${id}/proof`);
  expect(proof.status()).toBe(409);
  expect(await proof.json()).toMatchObject({ code: 'not_sealed_yet', status: 409 });
  const page = await visit('officer', `/changes/${id}`);
  await expect(section(page, 'How we know')).toContainText('Not sealed');
  const trust = page.getByRole('region', { name: 'Trust line' });
  await expect(trust.getByRole('link', { name: 'ledger not sealed' })).toBeVisible();
});

test('an id that nobody collected: the page says where it looked', async ({ visit, quiet }) => {
  quiet.allow(/404/);
  const page = await visit('officer', '/changes/00000000-0000-4000-8000-000000000000');
  await expect(page.getByText('No change with this id')).toBeVisible();
});
