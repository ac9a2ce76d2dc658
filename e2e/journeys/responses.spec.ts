import type { Page } from '@playwright/test';
import type { ResponseDto } from '@/lib/alerts/contract/responses';
import { pushEvents, waitFor } from '../stage/live';
import { perform, platformUser, pushTo } from '../stage/outside';
import { expect, test } from '../stage/stage';

/** Who moves themselves here and nowhere else, so that no other journey meets a deactivated person. */
const MOVER = 'Bruno Alves';
const WAITING = '/api/v1/responses?state=waiting&limit=100';
const SOON = { timeout: 30_000 };

const section = (page: Page, title: string | RegExp) =>
  page.locator('article section').filter({ has: page.getByRole('heading', { name: title }) });

async function decide(page: Page, how: 'Approve' | 'Undo', reason: string, name: string): Promise<void> {
  const panel = section(page, 'Decision');
  await panel.getByRole('button', { name: how, exact: true }).click();
  await panel.getByLabel('Reason').fill(reason);
  await panel.getByLabel(/^Type the name/).fill(name);
  await panel
    .getByRole('button', { name: how === 'Approve' ? 'Approve and carry out' : 'Ask to undo it' })
    .click();
}

// Each step needs what the one before did to the organisation.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ api }) => pushEvents(await api('admin')));
test.afterAll(() => pushTo(null));

let response: ResponseDto;
let undoing: ResponseDto;

test('D28, D29: a self-move asks for a second person, who sees what would be done before anything is', async ({
  visit,
  api,
}) => {
  await perform('self-move', { actor: MOVER, division: 'EMEA Restricted' });
  const officer = await api('officer');
  response = await waitFor<ResponseDto>(
    officer,
    WAITING,
    (one) => one.kind === 'deactivate_user' && one.target.name === MOVER,
  );
  const page = await visit('officer', '/overview');
  const needs = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Needs you' }) });
  await expect(needs.getByRole('link', { name: /approvals? waits?/ })).toBeVisible();

  await page.goto('/responses');
  const waiting = page.getByRole('listitem').filter({ hasText: `Deactivate ${MOVER} and end their tokens` });
  await expect(waiting.getByRole('timer')).toHaveText(/^00:\d\d:\d\d$/);
  await waiting.getByRole('link', { name: 'Look and decide' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    `Deactivate ${MOVER} and end their tokens`,
  );
  await expect(section(page, 'What happened')).toContainText(`${MOVER} moved themselves`);
  const steps = section(page, 'What would be done').getByRole('listitem');
  await expect(steps.nth(0)).toContainText(`Deactivate ${MOVER}`);
  await expect(steps.nth(0)).toContainText('Planned');
  await expect(steps.nth(0)).toContainText('PATCH /api/v2/users/');
  await expect(section(page, 'Guards').getByRole('listitem')).not.toHaveCount(0);
  expect((await platformUser(response.target.id)).state, 'nothing was done yet').toBe('active');
});

test('D29, D30: approved with the name typed, it is done, read back, and its proof stays', async ({
  visit,
}) => {
  const page = await visit('officer', `/responses/${response.id}`);
  const panel = section(page, 'Decision');
  await decide(page, 'Approve', 'Called the manager, nobody ordered it.', MOVER.toLowerCase());
  await expect(panel).toContainText(`This is not ${MOVER}.`);
  expect((await platformUser(response.target.id)).state).toBe('active');
  await panel.getByLabel(/^Type the name/).fill(MOVER);
  await panel.getByRole('button', { name: 'Approve and carry out' }).click();

  await expect(page.getByRole('heading', { name: 'What was done, and the proof' })).toBeVisible(SOON);
  const steps = section(page, 'What was done, and the proof');
  await expect(steps).toContainText('inactive');
  await expect(section(page, 'History')).toContainText('Called the manager, nobody ordered it.');
  expect((await platformUser(response.target.id)).state).toBe('inactive');
});

test('D29: who asked to undo it cannot approve that', async ({ visit, api }) => {
  const page = await visit('officer', `/responses/${response.id}`);
  await decide(page, 'Undo', 'The manager had ordered it after all.', MOVER);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Reactivate ${MOVER}`, SOON);
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await expect(section(page, 'Decision')).toContainText('You asked for this; someone else must approve.');
  undoing = await waitFor<ResponseDto>(await api('officer'), WAITING, (one) => one.undoOf === response.id);
  expect((await platformUser(response.target.id)).state).toBe('inactive');
});

test('D30: another person approves, and the person is active again', async ({ visit }) => {
  const page = await visit('admin', `/responses/${undoing.id}`);
  await decide(page, 'Approve', 'Confirmed with the manager.', MOVER);
  await expect(page.getByRole('heading', { name: 'What was done, and the proof' })).toBeVisible(SOON);
  expect((await platformUser(response.target.id)).state).toBe('active');
  await page.goto(`/responses/${response.id}`);
  await expect(page.getByRole('link', { name: 'undone by a later response' })).toBeVisible();
});

test('at phone width an auditor reads all of it and decides nothing, with the reason', async ({
  visit,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit('auditor', `/responses/${response.id}`);
  await expect(section(page, 'What was done, and the proof')).toBeVisible();
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toBeDisabled();
  await expect(section(page, 'Decision')).toContainText(/Your role does not include deciding|undone already/);
});

test('what a policy only observes says what it would have done', async ({ visit, api }) => {
  await perform('self-grant', { actor: 'Rachel Goldberg', role: 'Admin' });
  const observed = await waitFor<ResponseDto>(
    await api('officer'),
    '/api/v1/responses?state=observed&limit=20',
    // What was found late says that first.
    (one) => one.because?.startsWith('Would have deactivated Rachel Goldberg') ?? false,
  );
  const page = await visit('officer', '/responses?state=observed');
  await expect(page.locator('tr[data-row]').filter({ hasText: 'Rachel Goldberg' }).first()).toContainText(
    /Would have deactivated Rachel Goldberg/,
  );
  await page.goto(`/responses/${observed.id}`);
  await expect(page.getByRole('heading', { name: 'What would have been done' })).toBeVisible();
  expect((await platformUser(observed.target.id)).state).toBe('active');
});

test('a role that decides nothing about responses does not find the room', async ({ visit, quiet }) => {
  quiet.allow(/403/);
  const page = await visit('operator', '/responses');
  await expect(page.getByRole('main')).toContainText('Your role does not allow this');
  await expect(page.getByRole('navigation', { name: 'Rooms' }).first()).not.toContainText('Responses');
});
