import fs from 'node:fs';
import type { APIRequestContext, Page } from '@playwright/test';
import type { DivisionTagsDto, MoveDetailDto, MoveDto, MoveSummaryDto } from '@/lib/divisions/contract';
import { readCsv } from '../stage/csv';
import type { Truth } from '../stage/outside';
import { expect, test } from '../stage/stage';

const DAY_MS = 86_400_000;

const count = (n: number) => n.toLocaleString('en-US');
const rows = (page: Page) => page.locator('tr[data-row]');
const figure = (page: Page, word: string) =>
  page.getByRole('main').getByRole('link', { name: new RegExp(`^[\\d,]+ ?${word}$`) });
const section = (page: Page, title: string) =>
  page.locator('article section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
type Listed = { readonly items: readonly MoveDto[]; readonly nextCursor: string | null };

async function allMoves(door: APIRequestContext, query: string): Promise<MoveDto[]> {
  const moves: MoveDto[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Listed = await (await door.get(`/api/v1/division-moves?${query}&limit=500${from}`)).json();
    moves.push(...page.items);
    cursor = page.nextCursor;
  }
  return moves;
}

/**
 * The planted moves without a record that two snapshots have shown by now. Each lies within its interval; the newest is told
 * only once late records had their time.
 */
async function unauditedFound(door: APIRequestContext, truth: Truth, period: string) {
  const listed = await allMoves(door, `${period}&source=snapshot_diff`);
  const found = truth.unauditedMoves.filter((planted) => {
    const move = listed.find((one) => one.targetResource.id === planted.targetId);
    if (move === undefined) return false;
    const [from, to] = [Date.parse(move.within?.from ?? ''), Date.parse(move.within?.to ?? '')];
    expect(planted.at, planted.targetName).toBeGreaterThan(from);
    expect(planted.at, planted.targetName).toBeLessThanOrEqual(to);
    return true;
  });
  expect(found).toHaveLength(listed.length);
  const old = truth.unauditedMoves.filter((planted) => planted.at < Date.parse(truth.anchor) - 4 * DAY_MS);
  expect(found).toEqual(expect.arrayContaining([...old]));
  return found;
}

test('D1, D2, D3, D4, D5: every planted move and no other is listed, by the names of its moment', async ({
  api,
  truth,
  period,
}) => {
  const moves = await allMoves(await api('officer'), period);
  const audited = moves.filter((move) => move.changeId !== null);
  expect(audited.map((move) => move.changeId).sort()).toEqual(truth.moves.map((move) => move.auditId).sort());
  for (const planted of truth.moves) {
    const move = audited.find((one) => one.changeId === planted.auditId);
    expect(move?.targetResource.name, planted.auditId).toBe(planted.targetName);
    expect(move?.sourceDivisionName, planted.auditId).toBe(planted.fromName);
    expect(move?.targetDivisionName, planted.auditId).toBe(planted.toName);
    expect(move?.selfMove, planted.auditId).toBe(planted.selfMove);
    expect(move?.linkage, planted.auditId).toBe(planted.linkage);
  }
  const never = truth.notMoves.map((record) => record.auditId);
  expect(audited.filter((move) => never.includes(move.changeId ?? ''))).toEqual([]);
});

test('D17, D19, D28: the figures equal the truth, and each is the door to its moves', async ({
  visit,
  api,
  truth,
  period,
}) => {
  const door = await api('officer');
  const { items: tags }: DivisionTagsDto = await (await door.get('/api/v1/settings/divisions')).json();
  const tag = (id: string) => tags.find((one) => one.id === id)?.tag;
  const unaudited = await unauditedFound(door, truth, period);
  const everything = [...truth.moves, ...unaudited];
  const crossing = everything.filter((move) => {
    const [from, to] = [tag(move.fromDivisionId)?.region, tag(move.toDivisionId)?.region];
    return from != null && to != null && from !== to;
  });
  const page = await visit('officer', `/division-moves?${period}`);
  const unlinked = truth.moves.filter((move) => move.linkage === 'unlinked').length;
  const wanted: [string, number][] = [
    ['moves', everything.length],
    ['self-moves', truth.selfMoves.length],
    ['across regions', crossing.length],
    ['no reason found', unlinked + unaudited.length],
    ['never audited', unaudited.length],
  ];
  for (const [word, n] of wanted) await expect(figure(page, word), word).toContainText(count(n));
  await figure(page, 'self-moves').click();
  await expect(page).toHaveURL(/self=true/);
  await expect(rows(page)).toHaveCount(truth.selfMoves.length);
  await page.getByRole('button', { name: 'Remove Self-moves' }).click();
  await expect(page).not.toHaveURL(/self=true/);
  await expect(rows(page)).not.toHaveCount(truth.selfMoves.length);
  await figure(page, 'never audited').click();
  await expect(rows(page)).toHaveCount(unaudited.length);
  for (const move of unaudited) {
    await expect(rows(page).filter({ hasText: move.targetName })).toContainText('Never audited');
  }
});

test('the list is walked by keys, and its pictures have tables', async ({ visit, period }) => {
  const page = await visit('officer', `/division-moves?${period}`);
  const ids = await rows(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-row') ?? ''));
  // The rows stand there before the page listens: the first key is pressed until it is heard.
  await expect(async () => {
    await page.keyboard.press('k');
    await expect(rows(page).first()).toHaveAttribute('aria-current', 'true', { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`move=${ids[0]}`));
  await expect(
    page.getByRole('dialog').getByRole('heading', { name: 'What it opens and closes' }),
  ).toBeVisible();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`move=${ids[1]}`));
  await page.keyboard.press('k');
  await expect(page).toHaveURL(new RegExp(`move=${ids[0]}`));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('t');
  await expect(page.getByRole('table', { name: /^Division moves from division to division/ })).toBeVisible();
  await expect(page.getByRole('table', { name: /^Division moves per/ })).toBeVisible();
});

test('D28, D31: a self-move says so above everything, with its direction and what it opens', async ({
  visit,
  truth,
}) => {
  const upwards = truth.moves.find((move) => move.selfMove && move.toName === 'EMEA Restricted');
  const page = await visit('officer', `/division-moves/mov_${upwards?.auditId}`);
  const banner = page.getByRole('note').filter({ hasText: 'Self-move' });
  await expect(banner).toContainText(`moved themselves from ${upwards?.fromName} to EMEA Restricted`);
  await expect(banner).toContainText('Critical');
  await expect(banner).toContainText('by their own hand');
  const own = truth.moves.find((move) => move.selfMove && move.actorId !== move.targetId);
  await page.goto(`/division-moves/mov_${own?.auditId}`);
  await expect(page.getByRole('note').filter({ hasText: 'Self-move' })).toContainText(
    'a client of their own',
  );
});

test('D23, D24: a division bears its name of that moment, and what became of it stands beside', async ({
  visit,
  truth,
}) => {
  const gone = truth.moves.find((move) => move.fromName === 'Partner Pilot');
  const page = await visit('officer', `/division-moves/mov_${gone?.auditId}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Partner Pilot');
  await expect(page.getByText('deleted since')).toBeVisible();
  const rename = truth.nameChanges.find((change) => change.kind === 'division' && change.to !== null);
  const before = truth.moves.find(
    (move) => move.fromDivisionId === rename?.id && move.at < (rename?.at ?? 0) - 8 * DAY_MS,
  );
  await page.goto(`/division-moves/mov_${before?.auditId}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(rename?.from ?? 'no name');
  await expect(page.getByText(`now called ${rename?.to}`)).toBeVisible();
});

test('D12, D16: no reason and a flagged address are said plainly', async ({ visit, truth }) => {
  const bare = truth.moves.find((move) => move.linkage === 'unlinked');
  const page = await visit('officer', `/division-moves/mov_${bare?.auditId}`);
  await expect(section(page, 'Why')).toContainText('No ticket or commit asked for this');
  const outside = truth.moves.find((move) => move.outsideAllowList && !move.selfMove);
  await page.goto(`/division-moves/mov_${outside?.auditId}`);
  await expect(section(page, 'Border and address')).toContainText(outside?.clientIp ?? 'no address');
  await expect(section(page, 'Border and address')).toContainText('Outside the allow-list');
});

test('D18: an officer reviews a move with a comment; an auditor sees why they may not', async ({
  visit,
  api,
  period,
}) => {
  const door = await api('officer');
  const waiting = (await allMoves(door, `${period}&review=pending&review=overdue`))[0];
  const page = await visit('officer', `/division-moves/${waiting?.id}`);
  const review = section(page, 'Review');
  await expect(review.getByRole('button', { name: 'Approve the move' })).toBeDisabled();
  await review.getByLabel('Your decision').fill('Asked for by the regional lead, seen by the works council.');
  await review.getByRole('button', { name: 'Approve the move' }).click();
  await expect(review.getByRole('listitem')).toContainText('seen by the works council');
  await expect(review.getByRole('listitem')).toContainText('Olivia Ferrant');
  const kept: MoveDetailDto = await (await door.get(`/api/v1/division-moves/${waiting?.id}`)).json();
  expect(kept.review).toMatchObject({ state: 'approved', reviewer: 'Olivia Ferrant' });
});

test('an auditor reads the reviews and may give none', async ({ visit, api, period }) => {
  const waiting = (await allMoves(await api('officer'), `${period}&review=pending&review=overdue`))[0];
  const page = await visit('auditor', `/division-moves/${waiting?.id}`);
  const review = section(page, 'Review');
  await expect(review.getByRole('button', { name: 'Approve the move' })).toBeDisabled();
  await expect(review.getByRole('button', { name: 'Reject the move' })).toBeDisabled();
  await expect(review.getByLabel('Your decision')).toBeDisabled();
});

test('D18: whoever made the move cannot review it', async ({ api, browser, truth, period }) => {
  const admin = await api('admin');
  const waiting = (await allMoves(await api('officer'), `${period}&review=pending&review=overdue`)).filter(
    (move) => move.actor.kind === 'person' && move.source !== 'snapshot_diff',
  )[0];
  const { item }: { item: { email: string } } = await (
    await admin.get(`/api/v1/directory/user/${waiting?.actor.id}?at=${truth.anchor}`)
  ).json();
  const made = await admin.post('/api/v1/users', {
    data: { name: waiting?.actor.name ?? '', email: item.email, role: 'officer', signIn: 'password' },
  });
  const { password }: { password: string } = await made.json();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('/signin');
  await page.getByLabel('E-mail').fill(item.email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/overview/);
  await page.goto(`/division-moves/${waiting?.id}`);
  const review = section(page, 'Review');
  await expect(review).toContainText('may not review');
  await expect(review.getByRole('button', { name: 'Approve the move' })).toBeDisabled();
  await context.close();
});

test('D12, D15: the report holds who, what, when, from where and why, as CSV and as PDF', async ({
  visit,
  api,
  truth,
  period,
}) => {
  const page = await visit('officer', `/division-moves?${period}`);
  const total = truth.moves.length + (await unauditedFound(await api('officer'), truth, period)).length;
  async function exported(item: string): Promise<Buffer> {
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByText(`This period, ${count(total)} moves`)).toBeVisible();
    await expect(page.getByText('The last 12 months, every move')).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item, exact: true }).first().click();
    return fs.readFileSync(await (await download).path());
  }
  const csv = readCsv((await exported('CSV')).toString('utf8'));
  expect(csv).toHaveLength(total);
  for (const field of [
    'timestamp',
    'adminUser',
    'targetResource',
    'sourceDivisionName',
    'targetDivisionName',
    'clientIp',
  ]) {
    expect(Object.keys(csv[0] ?? {}), field).toContain(field);
  }
  const pdf = await exported('PDF report');
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
});

test('the overview counts what waits for a review and leads there', async ({ visit, api, period }) => {
  const door = await api('officer');
  const sums: MoveSummaryDto = await (await door.get(`/api/v1/division-moves/summary?${period}`)).json();
  const page = await visit('officer', `/overview?${period}`);
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Division moves' }) });
  await expect(card).toContainText(`${count(sums.total)} moves`);
  const door2 = card
    .locator('div')
    .filter({ hasText: /^review overdue/ })
    .getByRole('link');
  await expect(door2).toHaveText(count(sums.overdue));
  await door2.click();
  await expect(page).toHaveURL(/review=overdue/);
});
