import type { APIRequestContext, Page } from '@playwright/test';
import type { AlertDto } from '@/lib/alerts/contract/alerts';
import { pushEvents, waitFor } from '../stage/live';
import { arrived, disturb, heal, perform, pushTo } from '../stage/outside';
import { expect, test } from '../stage/stage';

const SOON = { timeout: 60_000 };
const STANDING = '/api/v1/alerts?state=open&state=acknowledged&limit=100';

const section = (page: Page, title: string) =>
  page.locator('article section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** Something happens in the organisation; returns the alert that is raised about the person. */
async function raise(
  door: APIRequestContext,
  act: { readonly kind: string; readonly actor: string; readonly division?: string },
): Promise<AlertDto> {
  const { kind, ...body } = act;
  await perform(kind, body);
  return waitFor<AlertDto>(
    door,
    STANDING,
    (alert) => alert.title.includes(act.actor) && alert.rules.includes(kind),
  );
}

async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

test.beforeAll(async ({ api }) => pushEvents(await api('admin')));
test.afterEach(() => heal());
test.afterAll(() => pushTo(null));

test('D8, D10, D28: a self-move rings the bell, says what to do, who was told and how long it took', async ({
  visit,
  api,
}) => {
  const alert = await raise(await api('officer'), {
    kind: 'self-move',
    actor: 'Oluwaseun Adeyemi',
    division: 'EMEA Restricted',
  });
  const page = await visit('officer', '/overview');
  const bell = page.getByRole('button', { name: /^Inbox, [\d,]+ unread/ });
  await bell.click();
  const newest = page.getByRole('dialog', { name: 'Inbox' });
  await newest
    .getByRole('link', { name: /Oluwaseun Adeyemi moved themselves/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/alerts/${alert.id}`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Oluwaseun Adeyemi moved themselves');
  await expect(page.getByRole('list', { name: 'How long it took' })).toContainText(
    /First deliveryafter \d/,
    SOON,
  );
  await expect(section(page, 'What was found').getByRole('listitem').first()).toContainText(
    'EMEA Restricted',
  );
  await expect(section(page, 'What to do')).not.toBeEmpty();
  const told = section(page, 'Who was told').getByRole('listitem');
  await expect(told.filter({ hasText: 'Slack' }).first()).toContainText('Delivered', SOON);
  await expect(told.filter({ hasText: 'ServiceNow' }).first()).toContainText(/INC\d+/, SOON);
  const { requests } = await arrived();
  expect(
    requests.some(
      (one) => one.sink.startsWith('slack') && JSON.stringify(one.body).includes('Oluwaseun Adeyemi'),
    ),
  ).toBe(true);

  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Asking the manager now.');
  await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
  await expect(section(page, 'History')).toContainText('Asking the manager now.');
  await section(page, 'What was found').getByRole('link', { name: 'The division move' }).first().click();
  await expect(page).toHaveURL(/\/division-moves\/mov_/);
});

test('the inbox is walked by keys; what is read loses its mark, and all can be read at once', async ({
  visit,
}) => {
  const page = await visit('officer', '/inbox');
  const rows = page.locator('tr[data-row]');
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press('j');
  const unreadBefore = await rows.first().getByText('Unread:').count();
  await page.keyboard.press('m');
  await expect(rows.first().getByText('Unread:')).toHaveCount(1 - unreadBefore);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/(alerts|responses)\//);
  await page.goto('/inbox');
  await expect(rows.first()).toBeVisible();
  const all = page.getByRole('button', { name: 'Mark all read' });
  if (await all.isVisible()) await all.click();
  await page.getByRole('button', { name: /^Unread/ }).click();
  await expect(page.getByText('Everything is read')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Inbox, nothing unread' })).toBeVisible();
});

test('R22: a routing rule is tried on the last 30 days before it is saved, and says in a sentence what it does', async ({
  visit,
  api,
}) => {
  const page = await visit('admin', '/alerts/rules');
  const name = `Telephony at night ${Date.now()}`;
  await page.getByRole('link', { name: 'Add a rule' }).click();
  const form = page.getByRole('dialog', { name: 'Alert rule' });
  await form.getByLabel('Name').fill(name);
  await choose(page, 'At least', 'Low risk');
  await form.getByRole('checkbox', { name: 'Privacy officer' }).first().check();
  await expect(form).toContainText('tells compliance officers and privacy officers in their inbox');
  await form.getByRole('button', { name: 'Try it on the last 30 days' }).click();
  await expect(form).toContainText(/In the last 30 days this would have sent [\d,]+ alerts? to [\d,]+ pe/);
  await form.getByRole('checkbox', { name: /^Quiet hours/ }).check();
  await expect(form).toContainText('The form has changed since.');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  const item = page.getByRole('listitem').filter({ hasText: name });
  await expect(item).toContainText('held back below critical risk from 22:00 to 06:00 UTC');

  await item.getByRole('link', { name: `Change ${name}` }).click();
  await form.getByRole('checkbox', { name: 'In use' }).uncheck();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(item).toContainText('Switched off');
  await item.getByRole('link', { name: `Change ${name}` }).click();
  await form.getByRole('button', { name: 'Remove' }).click();
  await page
    .getByRole('dialog', { name: `Remove ${name}` })
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(item).toHaveCount(0);
  const builtIn = page.getByRole('listitem').filter({ hasText: 'Comes with the product' });
  await builtIn
    .first()
    .getByRole('link', { name: /^Change/ })
    .click();
  await expect(form.getByRole('button', { name: 'Save' })).toBeVisible();
  await expect(form.getByRole('button', { name: 'Remove' })).toHaveCount(0);
  const journal = await (await (await api('admin')).get('/api/v1/journal?limit=50')).text();
  expect(journal).toContain(name);
});

test('D10: a channel is added, tested with the receiver’s own answer, and its address is never shown', async ({
  visit,
}) => {
  const page = await visit('admin', '/alerts/channels');
  const { sandboxUrl } = await import('../stage/programme').then((stage) => stage.programme());
  const name = `Night desk ${Date.now()}`;
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog');
  await choose(page, 'Kind', 'Slack');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel(/^Address/).fill(`${sandboxUrl}/slack/services/T0/B0/never-shown-again`);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const item = page.getByRole('listitem').filter({ hasText: name });
  await expect(item).toContainText('Not tried yet');
  expect(await page.content()).not.toContain('never-shown-again');
  await item.getByRole('button', { name: `Test ${name}` }).click();
  await expect(dialog).toContainText('Delivered');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(item).toContainText('Works');
  await disturb({ slackStatus: 403 });
  await item.getByRole('button', { name: `Test ${name}` }).click();
  await expect(dialog).toContainText('Dead');
  await expect(dialog).toContainText('answer 403');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(item).toContainText('Failed last');
  await item.getByRole('button', { name: new RegExp(`remove ${name}`) }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(item).toContainText('Paused');
  await item.getByRole('button', { name: new RegExp(`remove ${name}`) }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(item).toHaveCount(0);
});

test('D11: a dead letter says why, is replayed, and arrives', async ({ visit, api }) => {
  await disturb({ slackStatus: 404 });
  const alert = await raise(await api('officer'), {
    kind: 'self-move',
    actor: 'Diego Fuentes',
    division: 'EMEA Restricted',
  });
  const page = await visit('officer', '/alerts/deliveries?state=dead');
  const dead = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: 'Diego Fuentes moved themselves' })
    .filter({ hasText: 'new alert' });
  await expect(dead).toContainText('Dead', SOON);
  await expect(dead).toContainText('answer 404');
  await heal();
  await dead.getByRole('button', { name: /^Replay/ }).click();
  await page.goto(`/alerts/${alert.id}`);
  await expect(
    section(page, 'Who was told')
      .getByRole('listitem')
      .filter({ hasText: /Slack.*new alert/ }),
  ).toContainText('Delivered', SOON);
});

test('a mute needs a reason and an end; what it keeps from being sent is listed, and it can be lifted', async ({
  visit,
  api,
}) => {
  const officer = await api('officer');
  const first = await raise(officer, { kind: 'self-grant', actor: 'Andre Jackson' });
  const page = await visit('officer', `/alerts/${first.id}`);
  await page.getByRole('button', { name: 'Mute' }).click();
  const dialog = page.getByRole('dialog');
  await choose(page, 'About', /All that this rule finds/);
  await dialog.getByLabel('Reason').fill('short');
  await dialog.getByRole('button', { name: 'Mute' }).click();
  await expect(dialog).toContainText('at least 10 characters');
  await dialog.getByLabel('Reason').fill('Planned reorganisation, ticket CHG0031022.');
  await dialog.getByRole('button', { name: 'Mute' }).click();
  await expect(dialog).toHaveCount(0);
  // Outside the change windows the same act is also a ghost admin, which the first mute does not hold: at any hour both are muted.
  const { id: other } = await (
    await officer.post('/api/v1/mutes', {
      data: {
        org: first.orgId,
        rule: 'ghost-admin',
        reason: 'Planned reorganisation by night, ticket CHG0031022.',
        until: new Date(Date.now() + 3_600_000).toISOString(),
      },
    })
  ).json();

  const second = await raise(officer, { kind: 'self-grant', actor: 'Nadia Benali' });
  await page.goto(`/alerts/${second.id}`);
  const told = section(page, 'Who was told').getByRole('listitem');
  await expect(told.filter({ hasText: 'Slack' }).first()).toContainText('Not sent');
  await expect(told.filter({ hasText: 'Slack' }).first()).toContainText(/mute/i);

  await page.goto('/alerts/mutes');
  const mute = page.getByRole('listitem').filter({ hasText: 'Planned reorganisation, ticket' }).first();
  await expect(mute).toContainText('Olivia Ferrant');
  await expect(mute).toContainText('1 alert not sent because of it');
  await mute.getByRole('button', { name: /^Lift/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lift' }).click();
  await expect(mute).toContainText('Lifted early');
  expect((await officer.delete(`/api/v1/mutes/${other}`)).ok()).toBe(true);
});

test('an auditor sees alerts, rules, channels and deliveries, and is offered no act', async ({
  visit,
  api,
}) => {
  const [alert] = (await (await (await api('officer')).get('/api/v1/alerts?limit=1')).json()).items;
  const page = await visit('auditor', `/alerts/${alert.id}`);
  await expect(page.getByText('Your role sees alerts and does not handle them.')).toBeVisible();
  const acts = page
    .getByRole('main')
    .getByRole('button', { name: /Acknowledge|^Close$|Mute|Replay|Test|Change|Lift/ });
  await expect(acts).toHaveCount(0);
  for (const place of ['rules', 'channels', 'deliveries', 'mutes']) {
    await page.goto(`/alerts/${place}`);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText('Alerts');
    await expect(acts, place).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Add a/ })).toHaveCount(0);
  }
});
