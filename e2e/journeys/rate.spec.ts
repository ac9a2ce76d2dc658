import type { Locator, Page } from '@playwright/test';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import type { BreakdownDto } from '@/lib/linking/contract/rate-breakdown';
import { readCsv } from '../stage/csv';
import type { RecordTruth } from '../stage/outside';
import { count, rowsBehind } from '../stage/rows-behind';
import { expect, test } from '../stage/stage';

const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;
const RATE = '/api/v1/metrics/unlinked-change-rate';

type Sum = { unlinked: number; total: number };

/** What is counted and what of it is not linked, by the records' own labels. */
function sums(records: readonly RecordTruth[], keyOf: (record: RecordTruth) => string): Map<string, Sum> {
  const found = new Map<string, Sum>();
  for (const record of records) {
    if (!record.accountable) continue;
    const sum = found.get(keyOf(record)) ?? { unlinked: 0, total: 0 };
    sum.total += 1;
    if (record.linkage !== 'linked') sum.unlinked += 1;
    found.set(keyOf(record), sum);
  }
  return found;
}

function table(page: Page, by: string): Locator {
  return page.getByRole('table', { name: `Unlinked change rate by ${by}` });
}

test('X3: the page prints formula, version and the worked example in the period’s own numbers', async ({
  visit,
  truth,
  period,
}) => {
  const page = await visit('officer', `/overview?${period}`);
  await page.getByRole('link', { name: 'Break it down' }).click();
  await expect(page.getByRole('heading', { name: 'Unlinked change rate', level: 1 })).toBeVisible();
  const main = page.getByRole('main');
  const { rate, unlinked, total } = truth.unlinkedChangeRate;
  await expect(main.getByText(percent(rate), { exact: true }).first()).toBeVisible();
  await expect(main).toContainText(`${count(unlinked)} of ${count(total)} changes`);
  await expect(main).toContainText('ucr/1');
  const { linkage } = truth;
  const above = [linkage.unlinked, linkage.late_approval, linkage.outside_window, linkage.mismatch];
  await expect(main).toContainText(
    `(${above.map(count).join(' + ')}) / (${[...above, linkage.linked].map(count).join(' + ')}) = ${count(unlinked)} / ${count(total)} = ${rate}`,
  );
  const { platform, genesys_internal, failure, read } = truth.excluded;
  await expect(main).toContainText(
    `Not counted: ${count(platform)} platform records, ${count(genesys_internal)} Genesys-internal records, ${count(failure)} failed attempts, ${count(read)} reads.`,
  );
});

for (const [by, keyOf] of [
  ['service', (record: RecordTruth) => record.service],
  ['actor', (record: RecordTruth) => record.actorId ?? 'unknown'],
  ['day', (record: RecordTruth) => record.eventDate.slice(0, 10)],
] as const) {
  test(`R16, R17: by ${by}, each group is what was planted, and its figures open exactly its rows`, async ({
    visit,
    api,
    records,
    period,
  }) => {
    const planted = sums(records, keyOf);
    const door = await api('officer');
    const answer: BreakdownDto = await (
      await door.get(`${RATE}/breakdown?${period}&by=${by}&limit=500`)
    ).json();
    expect(answer.others).toBeNull();
    expect(new Map(answer.items.map(({ key, unlinked, total }) => [key, { unlinked, total }]))).toEqual(
      planted,
    );
    const first = answer.items.find((item) => item.unlinked > 0 && item.unlinked < item.total);
    if (first === undefined) throw new Error('no group is partly linked');
    const page = await visit('officer', `/overview/rate?${period}&by=${by}`);
    const rows = table(page, by).getByRole('row');
    await expect(rows.nth(1)).toBeVisible();
    for (const [figure, expected] of [
      ['linkage=mismatch', first.unlinked],
      ['linkage=linked', first.total],
    ] as const) {
      const inside =
        by === 'day'
          ? `from=${encodeURIComponent(`${first.key}T00:00:00Z`)}`
          : `${by}=${encodeURIComponent(first.key)}`;
      const own = table(page, by).locator(`a[href*="${inside}"][href*="${figure}"]`);
      expect(await rowsBehind(page, own.filter({ hasText: count(expected) }).last())).toBe(expected);
      await page.goBack();
    }
  });
}

test('R17: by team and division, groups add up to the whole and open exactly their rows', async ({
  visit,
  api,
  truth,
  period,
}) => {
  const door = await api('officer');
  for (const by of ['team', 'division'] as const) {
    const answer: BreakdownDto = await (
      await door.get(`${RATE}/breakdown?${period}&by=${by}&limit=500`)
    ).json();
    const whole = answer.items.reduce(
      (sum, item) => ({ unlinked: sum.unlinked + item.unlinked, total: sum.total + item.total }),
      { unlinked: 0, total: 0 },
    );
    const { unlinked, total } = truth.unlinkedChangeRate;
    expect(whole).toEqual({ unlinked, total });
    // What the directory knew tells more than one group apart, and what it did not know is one of them.
    expect(answer.groups).toBeGreaterThan(1);
    const page = await visit('officer', `/overview/rate?${period}&by=${by}`);
    for (const item of answer.items.slice(0, 3)) {
      const own = table(page, by).locator(
        `a[href*="${new URLSearchParams({ [by]: item.key })}"][href*="linkage=mismatch"]`,
      );
      expect(await rowsBehind(page, own.filter({ hasText: count(item.unlinked) }).last())).toBe(
        item.unlinked,
      );
      await page.goBack();
    }
  }
});

test('R4: the high-impact services are one press, visible, and taken out one by one', async ({
  visit,
  records,
  period,
}) => {
  const page = await visit('officer', `/overview/rate?${period}`);
  await page.getByRole('button', { name: 'High-impact services' }).click();
  await expect(page.getByRole('list', { name: 'Narrowed to' }).getByRole('listitem')).toHaveCount(4);
  const of = (services: readonly string[]): Sum =>
    sums(
      records.filter((record) => services.includes(record.service)),
      () => 'all',
    ).get('all') ?? { unlinked: 0, total: 0 };
  const main = page.getByRole('main');
  const all = of(HIGH_IMPACT_SERVICES);
  await expect(main).toContainText(`${count(all.unlinked)} of ${count(all.total)} changes`);
  await page.getByRole('button', { name: 'Remove Service: Directory' }).click();
  const fewer = of(HIGH_IMPACT_SERVICES.filter((service) => service !== 'Directory'));
  await expect(main).toContainText(`${count(fewer.unlinked)} of ${count(fewer.total)} changes`);
  await page.goto(`/changes?${period}`);
  await page.getByRole('button', { name: 'High-impact services' }).click();
  await expect(page).toHaveURL(/service=PeoplePermissions/);
  expect(await rowsBehind(page, page.url())).toBe(all.total);
});

test('X3: both lists, exported, give the rate of every service to its last digit', async ({
  api,
  apiWithNewKey,
  truth,
  period,
}) => {
  const key = await apiWithNewKey('officer');
  const lists = [];
  for (const list of ['numerator', 'denominator'])
    lists.push(readCsv(await (await key.get(`${RATE}/export?${period}&list=${list}`)).text()));
  const [above = [], below = []] = lists;
  expect(above.length / below.length).toBe(truth.unlinkedChangeRate.rate);
  expect(below[0]).toMatchObject({
    formula: 'ucr/1',
    period_from: truth.from,
    filter: 'none',
    as_of: 'as it stands',
  });
  const door = await api('officer');
  const answer: BreakdownDto = await (
    await door.get(`${RATE}/breakdown?${period}&by=service&limit=500`)
  ).json();
  for (const item of answer.items) {
    const of = (rows: readonly Record<string, string>[]) =>
      rows.filter((row) => row.service === item.key).length;
    expect(of(above) / of(below)).toBe(item.rate);
  }
});

test('the chart has its table, the others open, and a past instant tells the rate of then', async ({
  visit,
  truth,
  period,
}) => {
  const page = await visit('auditor', `/overview/rate?${period}&bucket=week&by=actor`);
  const main = page.getByRole('main');
  await expect(table(page, 'actor').getByRole('row').nth(1)).toBeVisible();
  // The rows stand there before the page listens to keys.
  await expect(async () => {
    await page.keyboard.press('t');
    await expect(page.getByRole('table', { name: /^Changes that are not linked per week/ })).toBeVisible({
      timeout: 2_000,
    });
  }).toPass();
  await page.getByRole('link', { name: 'Others' }).click();
  await expect(page.getByRole('link', { name: 'First page' })).toBeVisible();
  // Before anything was collected there was nothing to count, and that is not 0 %.
  await page.goto(`/overview/rate?${period}&asOf=${encodeURIComponent(truth.from)}`);
  await expect(main.getByText('No changes', { exact: true })).toBeVisible();
  await page.goto(`/overview/rate?${period}&asOf=${encodeURIComponent(new Date().toISOString())}`);
  await expect(main).toContainText(
    `${count(truth.unlinkedChangeRate.unlinked)} of ${count(truth.unlinkedChangeRate.total)} changes`,
  );
});
