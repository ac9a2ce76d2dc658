import type { Page } from '@playwright/test';
import type { ChangeDto, FacetsDto } from '@/lib/changes/contract';
import { readCsv } from '../stage/csv';
import { expect, test } from '../stage/stage';

const count = (n: number) => n.toLocaleString('en-US');
const listed = (page: Page) => page.getByRole('main').locator('p[aria-live] strong');
const rowIds = (page: Page) =>
  page.locator('tr[data-row]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row') ?? ''));
const columns = (page: Page) => page.getByRole('table', { name: /^Changes/ }).getByRole('columnheader');
type Page1 = { readonly items: readonly ChangeDto[]; readonly nextCursor: string | null };

test('a deep link brings back filters, order, columns and the open change', async ({
  visit,
  api,
  period,
}) => {
  const filter = 'linkage=unlinked&linkage=mismatch&service=Directory&actorKind=person';
  const door = await api('officer');
  const first: Page1 = await (
    await door.get(`/api/v1/changes?${period}&${filter}&accountable=true&sort=oldest&limit=3`)
  ).json();
  const facets: FacetsDto = await (
    await door.get(`/api/v1/changes/facets?${period}&${filter}&accountable=true`)
  ).json();
  const open = first.items[1];
  const page = await visit(
    'officer',
    `/changes?${period}&${filter}&sort=oldest&columns=when,who,from&change=${open?.id}`,
  );
  await expect(page.getByRole('dialog').getByRole('heading', { name: open?.sentence ?? '' })).toBeVisible();
  await expect(listed(page)).toHaveText(count(facets.total));
  expect((await rowIds(page)).slice(0, 3)).toEqual(first.items.map((item) => item.id));
  await expect(columns(page)).toHaveText(['What happened', 'When', 'Who', 'From address']);
  await expect(columns(page).filter({ hasText: 'When' })).toHaveAttribute('aria-sort', 'ascending');
  const sidebar = page.getByRole('complementary', { name: 'Filters' });
  for (const name of ['Unlinked', 'Mismatch', 'Directory', 'Person']) {
    await expect(sidebar.getByRole('checkbox', { name }).first()).toBeChecked();
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove Authorisation: Mismatch' }).click();
  await expect(page).not.toHaveURL(/mismatch/);
  await expect(sidebar.getByRole('checkbox', { name: 'Mismatch' })).not.toBeChecked();
  await page.goBack();
  await expect(listed(page)).toHaveText(count(facets.total));
});

test('facets add up to the truth, and pressing one leaves what it counted', async ({
  visit,
  api,
  truth,
  period,
}) => {
  const door = await api('officer');
  const facets: FacetsDto = await (await door.get(`/api/v1/changes/facets?${period}`)).json();
  const sums = (name: keyof FacetsDto['facets']) =>
    Object.fromEntries(facets.facets[name].map(({ value, count: n }) => [value, n]));
  expect(facets.total).toBe(truth.totals.records);
  expect(sums('service')).toEqual(truth.totals.byService);
  expect(sums('actorKind')).toEqual(truth.actorKinds);
  expect(sums('excluded')).toEqual(truth.excluded);
  expect(sums('linkage')).toEqual({
    ...truth.linkage,
    not_applicable: truth.totals.records - truth.accountable,
  });
  for (const name of ['entityType', 'action', 'risk', 'planning'] as const) {
    expect(
      facets.facets[name].reduce((sum, one) => sum + one.count, 0),
      name,
    ).toBe(truth.totals.records);
  }
  const page = await visit('officer', `/changes?${period}`);
  await expect(listed(page)).toHaveText(count(truth.accountable));
  const box = page
    .getByRole('complementary', { name: 'Filters' })
    .getByRole('checkbox', { name: /^Automation/ });
  const counted = /[\d,]+$/.exec((await box.locator('xpath=..').textContent()) ?? '')?.[0] ?? '';
  await box.click();
  await expect(page).toHaveURL(/actorKind=automation/);
  await expect(listed(page)).toHaveText(counted);
});

test('L15: what the system did is hidden by default, counted, and one click away', async ({
  visit,
  truth,
  period,
}) => {
  const page = await visit('officer', `/changes?${period}`);
  const hidden = truth.totals.records - truth.accountable;
  await page.getByRole('button', { name: `System hidden (${count(hidden)})` }).click();
  await expect(page).toHaveURL(/accountable=all/);
  await expect(listed(page)).toHaveText(count(truth.totals.records));
});

test('paging by hand goes to the end without a row twice or missing, newest first', async ({
  visit,
  records,
  period,
}) => {
  const page = await visit('officer', `/changes?${period}&linkage=late_approval`);
  const seen: string[] = [];
  for (;;) {
    await expect(page.locator('tr[data-row]').first()).toBeVisible();
    seen.push(...(await rowIds(page)));
    const older = page.getByRole('link', { name: 'Older' });
    if ((await older.count()) === 0) break;
    const first = (await rowIds(page))[0];
    await older.click();
    await expect(page.locator('tr[data-row]').first()).not.toHaveAttribute('data-row', first ?? '');
  }
  const wanted = records.filter((record) => record.linkage === 'late_approval');
  expect(seen).toHaveLength(wanted.length);
  expect([...seen].sort()).toEqual(wanted.map((record) => record.id).sort());
  const at = new Map(records.map((record) => [record.id, record.eventDate]));
  const dates = seen.map((id) => at.get(id) ?? '');
  expect(dates).toEqual([...dates].sort().reverse());
});

test('keyset paging over everything, both ways, is the same list turned round', async ({
  api,
  records,
  period,
}) => {
  const door = await api('officer');
  async function all(sort: 'newest' | 'oldest'): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page1 = await (
        await door.get(`/api/v1/changes?${period}&limit=500&sort=${sort}${from}`)
      ).json();
      ids.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }
    return ids;
  }
  const newest = await all('newest');
  expect([...newest].sort()).toEqual(records.map((record) => record.id).sort());
  expect((await all('oldest')).reverse()).toEqual(newest);
});

test('search finds by id and by name, also what was deleted and however it is written', async ({
  visit,
  truth,
  records,
  period,
}) => {
  const page = await visit('officer', `/changes?${period}&accountable=all`);
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  const search = page.getByRole('searchbox', { name: /Search changes/ });
  async function look(text: string): Promise<void> {
    await search.fill(text);
    await search.press('Enter');
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === text.trim());
  }
  // The count follows the address by an answer of the server.
  const count = async () => Number((await listed(page).textContent())?.replaceAll(',', ''));
  async function finds(text: string, expected: number): Promise<void> {
    await look(text);
    await expect.poll(count, { message: text }).toBe(expected);
    await expect(page.locator('tr[data-row]').first()).toBeVisible();
  }
  async function findsSome(text: string): Promise<void> {
    await look(text);
    await expect.poll(count, { message: text }).toBeLessThan(records.length);
    expect(await count()).toBeGreaterThanOrEqual(1);
  }
  const one = records.find((record) => record.accountable);
  await finds(one?.id ?? '', 1);
  const trunk = truth.nameChanges.find((change) => change.from === 'SBC-Legacy');
  const ofTrunk = records.filter((record) => record.entityId === trunk?.id).length;
  await finds(trunk?.id ?? '', ofTrunk);
  await findsSome('SBC-Legacy');
  await findsSome('Otis Fairbanks');
  await findsSome('care overflow');
  for (const name of truth.oddNames.filter((odd) => odd.length < 100 && !odd.includes('\t'))) {
    await finds(name, records.filter((record) => record.entityNameAtEvent === name).length);
    await expect(page.locator('tr[data-row]').first()).toContainText(name);
  }
  expect(dialogs, 'a name was run as script').toBe(0);
});

test('columns are chosen, ordered, kept in the address and put back', async ({ visit, period }) => {
  const page = await visit('officer', `/changes?${period}`);
  const headers = columns(page);
  await expect(headers.first()).toBeVisible();
  const usual = await headers.allTextContents();
  await page.getByRole('button', { name: /^Columns/ }).click();
  await page.getByRole('checkbox', { name: 'Why this verdict' }).check();
  await page.getByRole('button', { name: 'Move Why this verdict to the left' }).click();
  await expect(headers.last()).toHaveText(usual.at(-1) ?? '');
  await expect(page).toHaveURL(/columns=.*reason/);
  await expect(page.getByRole('checkbox', { name: 'What happened' })).toBeDisabled();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(headers).toHaveText(usual);
  await expect(page).not.toHaveURL(/columns=/);
});

test('the keys: j and k walk, Enter opens, they walk on while it is open, Escape closes', async ({
  visit,
  period,
}) => {
  const page = await visit('officer', `/changes?${period}&linkage=unlinked`);
  await expect(page.locator('tr[data-row]').first()).toBeVisible();
  const ids = await rowIds(page);
  const current = page.locator('tr[aria-current="true"]');
  // The rows stand there before the page listens: the first key is pressed until it is heard.
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(current).toHaveCount(1, { timeout: 500 });
  }).toPass();
  const start = ids.indexOf((await current.getAttribute('data-row')) ?? '');
  for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
  await expect(current).toHaveAttribute('data-row', ids[start + 1] ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`change=${ids[start + 1]}`));
  await expect(page.getByRole('dialog').getByText(`${start + 2} of 50 on this page`)).toBeVisible();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`change=${ids[start + 2]}`));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).not.toHaveURL(/change=/);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: /Search changes/ })).toBeFocused();
});

test('an export is safe to open in a spreadsheet, and JSON lines keep every value as it is', async ({
  apiWithNewKey,
  truth,
  records,
  period,
}) => {
  const door = await apiWithNewKey('officer');
  const csv = await (await door.get(`/api/v1/changes/export?${period}&format=csv&bom=true`)).text();
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  const rows = readCsv(csv.slice(1));
  expect(rows).toHaveLength(truth.totals.records);
  const live = rows.flatMap((row) => Object.values(row)).filter((field) => /^\s*[=+\-@\t\r]/.test(field));
  expect(live).toEqual([]);
  const formula = truth.oddNames.find((name) => name.startsWith('=HYPERLINK')) ?? '';
  const bearing = records.filter((record) => record.entityNameAtEvent === formula);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const record of bearing) expect(byId.get(record.id)?.entity).toBe(`'${formula}`);
  expect(bearing.length).toBeGreaterThan(0);

  const lines = await (
    await door.get(`/api/v1/changes/export?${period}&format=jsonl&q=${encodeURIComponent(formula)}`)
  ).text();
  const objects = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { entity: string; new_value: unknown } => JSON.parse(line));
  expect(objects).toHaveLength(bearing.length);
  expect(objects[0]?.entity).toBe(formula);
  expect(JSON.stringify(objects[0]?.new_value)).toContain(JSON.stringify(formula));
});

test('no row: the page says what was searched and whether the source was complete', async ({
  visit,
  period,
}) => {
  const page = await visit('officer', `/changes?${period}&q=nothing-is-called-so`);
  await expect(page.getByText('No change matches these filters')).toBeVisible();
  await expect(page.getByText(/^Searched: .*The source was complete for the whole period\.$/)).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page.locator('tr[data-row]').first()).toBeVisible();
});
