import fs from 'node:fs';
import path from 'node:path';
import type { APIRequestContext, Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { ChangeDto } from '@/lib/changes/contract';
import { expect, test as staged } from '../stage/stage';

declare global {
  interface Window {
    axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

const OUT = 'test-results/screens';
/** What the README shows; committed, so it is drawn anew only when asked for: SHOW_README=1 npm run e2e -- looks. */
const SHOWN = path.resolve(import.meta.dirname, '../screenshots');
const DRAW_README = process.env.SHOW_README === '1';
const README = ['overview', 'timeline', 'changes', 'change', 'coverage'];

type Place = { readonly name: string; readonly path: string; readonly title: string };

const PLACES: readonly Place[] = [
  { name: 'overview', path: '/overview?PERIOD', title: 'Overview' },
  { name: 'rate', path: '/overview/rate?PERIOD', title: 'Unlinked change rate' },
  { name: 'timeline', path: '/timeline?PERIOD', title: 'Timeline' },
  { name: 'timeline-none', path: '/timeline?PERIOD&service=NothingIsCalledSo', title: 'Timeline' },
  { name: 'timeline-sheet', path: '/timeline?PERIOD&change=MOVE', title: 'Timeline' },
  { name: 'changes', path: '/changes?PERIOD', title: 'Changes' },
  {
    name: 'changes-filtered',
    path: '/changes?PERIOD&linkage=unlinked&risk=high&accountable=all',
    title: 'Changes',
  },
  { name: 'changes-none', path: '/changes?PERIOD&q=nothing-is-called-so', title: 'Changes' },
  { name: 'change-sheet', path: '/changes?PERIOD&change=MOVE', title: 'Changes' },
  { name: 'change', path: '/changes/MOVE', title: 'Change' },
  { name: 'change-linked', path: '/changes/LINKED', title: 'Change' },
  { name: 'change-pipeline', path: '/changes/PIPELINE', title: 'Change' },
  { name: 'justifications', path: '/justifications', title: 'Requests for justification' },
  { name: 'moves', path: '/division-moves?PERIOD', title: 'Division moves' },
  { name: 'moves-none', path: '/division-moves?PERIOD&q=nothing-is-called-so', title: 'Division moves' },
  { name: 'move-sheet', path: '/division-moves?PERIOD&move=mov_MOVE', title: 'Division moves' },
  { name: 'move', path: '/division-moves/mov_MOVE', title: 'Division move' },
  { name: 'move-unaudited', path: '/division-moves?PERIOD&source=snapshot_diff', title: 'Division moves' },
  { name: 'sessions', path: '/sessions?PERIOD&sort=largest', title: 'Sessions' },
  { name: 'session', path: '/sessions/CASCADE', title: 'Session' },
  { name: 'session-sheet', path: '/sessions?PERIOD&sort=largest&session=CASCADE', title: 'Sessions' },
  { name: 'alerts', path: '/alerts', title: 'Alerts' },
  { name: 'alerts-all', path: '/alerts?period=90d&state=historic', title: 'Alerts' },
  { name: 'alerts-none', path: '/alerts?q=nothing-is-called-so', title: 'Alerts' },
  { name: 'alert-sheet', path: '/alerts?period=90d&state=historic&alert=ALERT', title: 'Alerts' },
  { name: 'alert', path: '/alerts/ALERT', title: 'Alert' },
  { name: 'alert-rules', path: '/alerts/rules', title: 'Alert rules' },
  { name: 'alert-rule', path: '/alerts/rules?edit=new', title: 'Alert rules' },
  { name: 'channels', path: '/alerts/channels', title: 'Channels' },
  { name: 'deliveries', path: '/alerts/deliveries', title: 'Deliveries' },
  { name: 'mutes', path: '/alerts/mutes', title: 'Mutes' },
  { name: 'inbox', path: '/inbox', title: 'Inbox' },
  { name: 'responses', path: '/responses', title: 'Responses' },
  { name: 'response', path: '/responses/RESPONSE', title: 'Response' },
  { name: 'coverage', path: '/coverage?WEEKS', title: 'Coverage' },
  { name: 'coverage-hour', path: '/coverage?WEEKS&cell=HOUR', title: 'Coverage' },
  { name: 'coverage-runs', path: '/coverage?view=runs', title: 'Coverage' },
  { name: 'coverage-quarantine', path: '/coverage?view=quarantine', title: 'Coverage' },
  { name: 'coverage-schema', path: '/coverage?view=observations', title: 'Coverage' },
  { name: 'coverage-ledger', path: '/coverage?view=ledger', title: 'Coverage' },
  { name: 'directory', path: '/directory', title: 'Directory' },
  { name: 'directory-kind', path: '/directory/queue', title: 'Directory' },
  { name: 'directory-entity', path: '/directory/division/DIVISION', title: 'Directory' },
  { name: 'journal', path: '/journal', title: 'Journal' },
  { name: 'settings', path: '/settings', title: 'Settings' },
  { name: 'settings-people', path: '/settings/people', title: 'People' },
  { name: 'settings-keys', path: '/settings/api-keys', title: 'API keys' },
  { name: 'settings-divisions', path: '/settings/divisions', title: 'Divisions' },
  { name: 'settings-windows', path: '/settings/change-windows', title: 'Change windows' },
  { name: 'settings-excuses', path: '/settings/excuses', title: 'No authorisation needed' },
  { name: 'settings-high-risk', path: '/settings/high-risk', title: 'High-risk changes' },
  { name: 'settings-policy', path: '/settings/policy', title: 'Policies' },
];

const CONTRAST: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] } };

/** Themes are changed in place: what differs between them is colour, and the page need not be asked for twice. */
async function wear(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.evaluate((name) => {
    localStorage.setItem('theme', name);
    document.documentElement.classList.remove('light', 'dark');
    document.documentElement.classList.add(name);
    document.documentElement.style.colorScheme = name;
    document.documentElement.dataset.theme = name;
  }, theme);
  await page.waitForTimeout(150);
}

/** What axe finds of serious or critical impact, in words that lead to the place. */
async function barriers(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate((asked) => window.axe.run(document, asked), options);
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) =>
      one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} (${node.failureSummary})`),
    );
}

/** The id of the newest thing of a list. */
async function newest(
  door: APIRequestContext,
  list: 'alerts' | 'responses' | 'changes',
  filter = '',
): Promise<string> {
  const answer = await door.get(`/api/v1/${list}?limit=1${filter}`);
  const { items }: { items: { id: string }[] } = await answer.json();
  return items[0]?.id ?? '';
}

/** Addresses with what stands in for planted things replaced by their ids and instants; looked up once. */
const test = staged.extend<object, { readonly placed: (address: string) => string }>({
  placed: [
    async ({ api, truth, period }, use) => {
      const move = truth.moves.find((one) => one.selfMove && one.linkage === 'unlinked') ?? truth.moves[0];
      const cascade = truth.groups
        .filter((group) => group.kind === 'cascade')
        .sort((a, b) => b.count - a.count)[0];
      const rename = truth.nameChanges.find((one) => one.kind === 'division');
      const end = Date.parse(truth.anchor);
      const weeks = new URLSearchParams({
        from: new Date(end - 21 * 86_400_000).toISOString(),
        to: new Date(end + 86_400_000).toISOString(),
      });
      const door = await api('admin');
      const child: ChangeDto = await (await door.get(`/api/v1/changes/${cascade?.auditIds[0]}`)).json();
      const [alert, response] = await Promise.all([newest(door, 'alerts'), newest(door, 'responses')]);
      const [linked, pipeline] = await Promise.all([
        newest(door, 'changes', `&${period}&linkage=late_approval`),
        newest(door, 'changes', `&${period}&planning=planned_pipeline`),
      ]);
      await use((address) =>
        address
          .replace('PERIOD', period)
          .replace('WEEKS', weeks.toString())
          .replace('MOVE', move?.auditId ?? '')
          .replace('LINKED', linked)
          .replace('PIPELINE', pipeline)
          .replace('CASCADE', child.sessionId ?? '')
          .replace('ALERT', alert)
          .replace('RESPONSE', response)
          .replace('DIVISION', rename?.id ?? '')
          .replace('HOUR', new Date(end - 15 * 3_600_000).toISOString().replace('.000', '')),
      );
    },
    { scope: 'worker' },
  ],
});

async function settle(page: Page): Promise<void> {
  // By its element: a modal sheet hides the page behind it from those who are read to.
  await expect(page.locator('h1').first()).toBeVisible();
  await expect(page.locator('[role="status"]').filter({ hasText: /^Reading/ })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Scripts do not read the width: one visit shows the page at both, the wide one first. */
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

for (const place of PLACES) {
  test(`${place.name} at 1440 and 390: no barrier, nothing off the side, one title`, async ({
    visit,
    placed,
    page,
  }) => {
    test.setTimeout(WIDTHS.length * 60_000);
    await page.setViewportSize(WIDTHS[0]);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await visit('admin', placed(place.path));
    for (const size of WIDTHS) await test.step(`at ${size.width}`, () => looksWell(page, place, size));
  });
}

/** One place at one width, in both themes. */
async function looksWell(page: Page, place: Place, size: (typeof WIDTHS)[number]): Promise<void> {
  const { width } = size;
  await page.setViewportSize(size);
  await settle(page);
  await expect(page).toHaveTitle(new RegExp(place.title));
  await expect(page.locator('main h1')).toHaveCount(1);
  for (const theme of ['light', 'dark'] as const) {
    await wear(page, theme);
    // The second theme can only differ in colour, and colours do not depend on the width.
    if (theme === 'light') expect.soft(await barriers(page, {}), `barriers at ${width}, light`).toEqual([]);
    else if (width === 1440)
      expect.soft(await barriers(page, CONTRAST), 'barriers at 1440, dark').toEqual([]);
    await page.screenshot({ path: path.join(OUT, `${place.name}-${width}-${theme}.png`) });
    if (DRAW_README && width === 1440 && theme === 'light' && README.includes(place.name)) {
      fs.mkdirSync(SHOWN, { recursive: true });
      await page.screenshot({ path: path.join(SHOWN, `${place.name}-1440-light.png`) });
    }
  }
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(wide, `pixels off the side at ${width}`).toBe(0);
}

test('the sign-in page and a page that is not there have no barrier either', async ({
  page,
  visit,
  quiet,
}) => {
  quiet.allow(/404/);
  await page.goto('/signin');
  await settle(page);
  expect(await barriers(page, {})).toEqual([]);
  await page.screenshot({ path: path.join(OUT, 'sign-in-1440-light.png') });
  await visit('officer', '/no-such-page');
  expect(await barriers(page, {})).toEqual([]);
  await page.screenshot({ path: path.join(OUT, 'not-found-1440-light.png') });
});

test('at 2560 the page uses its width and nothing breaks', async ({ visit, page, period }) => {
  await page.setViewportSize({ width: 2560, height: 1300 });
  for (const name of ['overview', 'changes', 'division-moves', 'sessions', 'coverage']) {
    await visit('admin', name === 'coverage' ? '/coverage' : `/${name}?${period}`);
    await settle(page);
    await page.screenshot({ path: path.join(OUT, `${name}-2560-light.png`) });
  }
});

test('every answer of a page carries its policy, with a nonce of its own', async ({ api }) => {
  const door = await api('officer');
  const nonces = new Set<string>();
  for (const place of ['/overview', '/changes', '/settings']) {
    const policy = (await door.get(place)).headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
  }
  expect(nonces.size).toBe(3);
});
