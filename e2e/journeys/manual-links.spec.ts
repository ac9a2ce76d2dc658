import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { ChangeDto } from '@/lib/changes/contract';
import type { ChangeDecisionsDto, RequestDto } from '@/lib/linking/contract/manual';
import { BASE_URL } from '../stage/addresses';
import { arrived } from '../stage/outside';
import { expect, test } from '../stage/stage';

const QUESTION = 'Why was this changed without a ticket? Please name it if there is one.';
const WORDS = 'The carrier asked for it in the night; the shift lead agreed.';

type Mail = { readonly to: readonly string[]; readonly raw: string };
const textOf = (mail: Mail) => mail.raw.replace(/=\r?\n/g, '').replaceAll('=3D', '=');

const panel = (page: Page) =>
  page
    .locator('article section')
    .filter({ has: page.getByRole('heading', { name: 'Decided by people', exact: true }) });

/** The mail to that address with a link of ours, once it has arrived. */
async function linkMailedTo(address: string): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const mails = (await arrived()).mails as readonly Mail[];
    for (const mail of mails.filter((one) => one.to.includes(address))) {
      const link = /https?:\/\/\S+\/answer\/[\w.-]+/.exec(textOf(mail))?.[0];
      if (link !== undefined && textOf(mail).includes(QUESTION)) return link;
    }
    await pause(500);
  }
  throw new Error(`no mail to ${address} arrived`);
}

test('X4: asked by mail, answered by a link without an account, attached by the officer from the answer', async ({
  api,
  visit,
  browser,
  period,
  records,
}) => {
  const officer = await api('officer');
  const listed: { readonly items: readonly ChangeDto[] } = await (
    await officer.get(
      `/api/v1/changes?${period}&linkage=unlinked&planning=ad_hoc&accountable=true&actorKind=person&limit=200`,
    )
  ).json();
  // An approved ticket of another change, to be named in the answer: what it is worth here is judged, not believed.
  const approved = records.find(
    (one) => one.linkage === 'linked' && one.citations.some((key) => /^CHG\d+$/.test(key)),
  );
  const ticket = approved?.citations.find((key) => /^CHG\d+$/.test(key)) ?? '';
  expect(ticket).not.toBe('');
  let change: ChangeDto | undefined;
  let address = '';
  for (const one of listed.items) {
    const said: ChangeDecisionsDto = await (await officer.get(`/api/v1/changes/${one.id}/decisions`)).json();
    if (!said.mayDecide.allowed || said.askable === null || said.requests.length > 0) continue;
    change = one;
    address = said.askable.address;
    break;
  }
  if (change === undefined)
    throw new Error('the history holds an unlinked change of a person whose address is known');

  const page = await visit('officer', `/changes/${change.id}`);
  await panel(page).getByRole('button', { name: 'Ask why' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask why' });
  await expect(dialog).toContainText(address);
  await dialog.getByLabel('Question').fill(QUESTION);
  await dialog.getByRole('button', { name: 'Send the question' }).click();
  await expect(panel(page)).toContainText('Waits for an answer');

  const link = await linkMailedTo(address);
  const stranger = await browser.newContext({ baseURL: BASE_URL });
  const letter = await stranger.newPage();
  await letter.goto(link);
  await expect(letter.getByRole('heading', { name: 'Why was this changed?' })).toBeVisible();
  await expect(letter.getByText(QUESTION)).toBeVisible();
  await letter.getByLabel('Your answer').fill(WORDS);
  await letter.getByLabel('Ticket').fill(ticket);
  await letter.getByRole('button', { name: 'Send the answer' }).click();
  await expect(letter.getByText('Thank you.')).toBeVisible();
  await letter.goto(link);
  await expect(letter.getByRole('heading', { name: 'Answered already' })).toBeVisible();
  await letter.goto(link.slice(0, -3));
  await expect(letter.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible();
  await stranger.close();

  await page.reload();
  await expect(panel(page)).toContainText(WORDS);
  await expect(panel(page)).toContainText(`answered by signed link sent to ${address}, not signed in`);
  await panel(page).getByRole('button', { name: 'Attach from this answer' }).click();
  const attach = page.getByRole('dialog', { name: 'Attach an authorisation' });
  await expect(attach.getByLabel('What authorised it')).toHaveValue(ticket);
  await attach.getByRole('button', { name: 'Look it up' }).click();
  await expect(attach.getByRole('status')).toContainText(ticket);
  await attach.getByLabel('Reason').fill('Named by whoever did it; the shift lead confirmed it.');
  await attach.getByRole('button', { name: 'Attach it' }).click();
  await expect(attach).toBeHidden();
  await expect(panel(page).getByText('Attached', { exact: true })).toBeVisible();

  const now: ChangeDto = await (await officer.get(`/api/v1/changes/${change.id}`)).json();
  expect(now.linkage.links.map((one) => one.reference)).toContain(ticket);
  expect(now.linkage.links.find((one) => one.reference === ticket)?.foundBy).toMatch(/^attached by /);
  const asked: { readonly items: readonly RequestDto[] } = await (
    await officer.get('/api/v1/justifications?state=answered')
  ).json();
  expect(asked.items.some((one) => one.answer?.words === WORDS)).toBe(true);

  await panel(page).getByRole('button', { name: 'Take back' }).click();
  const back = page.getByRole('dialog', { name: 'Take the decision back' });
  await back.getByLabel('Reason').fill('End of the journey.');
  await back.getByRole('button', { name: 'Take it back' }).click();
  await expect(panel(page)).toContainText('Taken back by');
});

test('an auditor sees what was decided and asked, and has nothing to press', async ({
  visit,
  api,
  period,
}) => {
  const auditor = await api('auditor');
  const listed: { readonly items: readonly ChangeDto[] } = await (
    await auditor.get(`/api/v1/changes?${period}&linkage=unlinked&accountable=true&limit=1`)
  ).json();
  const page = await visit('auditor', `/changes/${listed.items[0]?.id ?? ''}`);
  await expect(panel(page).getByRole('button', { name: 'Attach' })).toBeDisabled();
  await expect(panel(page).getByRole('button', { name: 'Ask why' })).toHaveCount(0);
  await page.goto('/justifications');
  await expect(page.getByRole('heading', { name: 'Requests for justification' })).toBeVisible();
});

test('R16: a rule is proposed with what it would excuse, approved by another, and its count opens its rows', async ({
  visit,
  api,
  browser: _,
}) => {
  const page = await visit('officer', '/settings/excuses');
  await page.getByRole('button', { name: 'Propose a rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Propose a rule' });
  await dialog.getByLabel('Name').fill('Wrap-up codes of the planners');
  await dialog.getByLabel('Kind of object').fill('WrapupCode');
  await dialog
    .getByLabel('From (UTC)')
    .fill(new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10));
  await dialog.getByRole('button', { name: 'What would it excuse?' }).click();
  await expect(dialog.getByRole('status')).toContainText('90 days');
  await dialog.getByLabel('Reason').fill('Names of codes are set by the planners.');
  await dialog.getByRole('button', { name: 'Propose it' }).click();
  await expect(dialog).toBeHidden();
  const item = page.getByRole('listitem').filter({ hasText: 'Wrap-up codes of the planners' }).first();
  await expect(item).toContainText('Proposed');
  await expect(item.getByRole('button', { name: 'Approve' })).toBeDisabled();

  const admin = await api('admin');
  const rules: {
    readonly items: readonly { readonly id: string; readonly title: string; readonly state: string }[];
  } = await (await admin.get('/api/v1/excuse-rules')).json();
  const rule = rules.items.find(
    (one) => one.state === 'proposed' && one.title === 'Wrap-up codes of the planners',
  );
  const decide = (data: object) => admin.post(`/api/v1/excuse-rules/${rule?.id ?? ''}/decisions`, { data });
  expect((await decide({ what: 'approve', reason: 'agreed with the planners' })).ok()).toBe(true);
  await page.reload();
  await expect(item).toContainText('Active');
  expect((await decide({ what: 'withdraw', reason: 'end of the journey', inside: 'judge_again' })).ok()).toBe(
    true,
  );
  await page.reload();
  await expect(item).toContainText('Withdrawn');
});
