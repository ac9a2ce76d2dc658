import type { Browser, Page } from '@playwright/test';
import { BASE_URL } from '../stage/addresses';
import { type PersonaRole, persona } from '../stage/programme';
import { expect, test } from '../stage/stage';

async function fillIn(page: Page, who: { readonly email: string; readonly password: string }): Promise<void> {
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A browser of its own with nobody signed in. */
async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: BASE_URL });
  return context.newPage();
}

const EVERYBODYS = ['Overview', 'Timeline', 'Changes', 'Sessions', 'Alerts', 'Division moves'];
const ROOMS: Readonly<Record<PersonaRole, readonly string[]>> = {
  admin: [...EVERYBODYS, 'Responses', 'Coverage', 'Directory', 'Journal', 'Settings'],
  officer: [...EVERYBODYS, 'Responses', 'Coverage', 'Directory', 'Journal', 'Settings'],
  auditor: [...EVERYBODYS, 'Responses', 'Coverage', 'Directory', 'Journal', 'Settings'],
  operator: [...EVERYBODYS, 'Coverage', 'Directory', 'Settings'],
  privacy_officer: [...EVERYBODYS, 'Responses', 'Coverage', 'Directory', 'Settings'],
};

test('a wrong password is answered alike for people known and unknown', async ({ page, quiet }) => {
  quiet.allow(/401/);
  const said: string[] = [];
  for (const email of ['nobody@northwind.example.test', persona('officer').email]) {
    await page.goto('/signin');
    const answered = page.waitForResponse(/callback\/credentials/);
    await fillIn(page, { email, password: 'this is not the password' });
    expect((await answered).status()).toBe(401);
    const alert = page.locator('main [role="alert"]');
    await expect(alert).toContainText('do not belong to an account');
    said.push((await alert.textContent()) ?? '');
    expect(await page.context().cookies()).not.toContainEqual(
      expect.objectContaining({ name: 'tally-session' }),
    );
  }
  expect(said[0]).toBe(said[1]);
});

test('each role signs in and sees the frame with its rooms, and no other', async ({ browser }) => {
  for (const role of ['officer', 'auditor', 'admin', 'privacy_officer', 'operator'] as const) {
    const page = await freshPage(browser);
    await page.goto('/');
    await expect(page).toHaveURL(/\/signin/);
    await fillIn(page, persona(role));
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
    await expect(page.getByRole('button', { name: `You: ${persona(role).name}` })).toBeVisible();
    const rooms = page.getByRole('navigation', { name: 'Rooms' }).first().getByRole('listitem');
    await expect(rooms, role).toHaveText([...ROOMS[role]]);
    await expect(page.getByRole('region', { name: 'Trust line' })).toContainText('ledger not sealed');
    await page.context().close();
  }
});

test('signing out revokes the session: its cookie opens nothing any more', async ({
  browser,
  playwright,
}) => {
  const page = await freshPage(browser);
  await page.goto('/signin');
  await fillIn(page, persona('operator'));
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  const storageState = await page.context().storageState();
  const old = await playwright.request.newContext({ baseURL: BASE_URL, storageState });
  expect((await old.get('/api/v1/me')).status()).toBe(200);

  await page.getByRole('button', { name: /^You:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/signin/);
  expect((await old.get('/api/v1/me')).status()).toBe(401);
  const rest = await old.get('/overview', { maxRedirects: 0 });
  expect(rest.status()).toBeGreaterThanOrEqual(300);
  expect(rest.status()).toBeLessThan(400);
  await old.dispose();
  await page.context().close();
});

test('an administrator disables a person, and their next request is refused', async ({ browser, api }) => {
  const admin = await api('admin');
  const email = `leaver-${Date.now()}@northwind.example.test`;
  const made = await admin.post('/api/v1/users', {
    data: { email, name: 'Lea Verling', role: 'officer', signIn: 'password' },
  });
  const { user, password }: { user: { id: string }; password: string } = await made.json();
  const page = await freshPage(browser);
  await page.goto('/signin');
  await fillIn(page, { email, password });
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  expect((await page.request.get('/api/v1/changes?limit=1')).status()).toBe(200);

  const disabled = await admin.patch(`/api/v1/users/${user.id}`, { data: { state: 'disabled' } });
  expect(disabled.status()).toBe(200);
  expect((await page.request.get('/api/v1/changes?limit=1')).status()).toBe(401);
  await page.goto('/changes');
  await expect(page).toHaveURL(/\/signin/);
  await page.context().close();
});

test('whoever was sent to sign in arrives where they wanted to go, inside this site only', async ({
  browser,
}) => {
  const page = await freshPage(browser);
  await page.goto('/changes?linkage=unlinked&period=90d');
  await expect(page).toHaveURL(/\/signin\?from=/);
  await fillIn(page, persona('officer'));
  await expect(page).toHaveURL(`${BASE_URL}/changes?linkage=unlinked&period=90d`);
  await expect(page.getByRole('heading', { level: 1, name: 'Changes' })).toBeVisible();
  await page.goto('/signin?from=https://example.test/elsewhere');
  await expect(page).toHaveURL(/localhost:\d+\/overview/);
  await page.context().close();
});

test('the sign-in page says that the address is plain http', async ({ page }) => {
  await page.goto('/signin');
  await expect(page.getByText(/plain http/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in with single sign-on' })).toHaveCount(0);
});

test('no page shows anything to nobody, nor to a forged cookie', async ({ browser }) => {
  const page = await freshPage(browser);
  const paths = [
    '/overview',
    '/changes',
    '/coverage',
    '/directory',
    '/journal',
    '/settings',
    '/settings/people',
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/signin/);
  }
  await page.context().addCookies([{ name: 'tally-session', value: 'bm90IGEgc2Vzc2lvbg', url: BASE_URL }]);
  for (const path of paths) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/signin/);
  }
  await page.context().close();
});
