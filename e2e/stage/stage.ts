import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test';
import { BASE_URL } from './addresses';
import { type RecordTruth, type Truth, tellRecords, tellTruth } from './outside';
import type { PersonaRole } from './programme';
import { sessionOf } from './sign-in';

type Stage = {
  /** A page signed in as that role. One role per test; the address is relative. */
  readonly visit: (role: PersonaRole, path: string) => Promise<Page>;
  /** What the browser complained of; a test that expects a complaint takes it out by `quiet.allow`. */
  readonly quiet: { readonly allow: (pattern: RegExp) => void };
};
type House = {
  readonly truth: Truth;
  /** The label of every record of that period; what journeys perform in the organisation comes after it. */
  readonly records: readonly RecordTruth[];
  /** The whole planted history as the address of a page or route says it: `from=…&to=…`. */
  readonly period: string;
  /** The API as the session of that role. */
  readonly api: (role: PersonaRole) => Promise<APIRequestContext>;
  /** The API with a key, or as nobody. */
  readonly apiWith: (key: string | null) => Promise<APIRequestContext>;
  /** The API with a new key of that role; a new one may export as often as anybody at first. */
  readonly apiWithNewKey: (role: PersonaRole) => Promise<APIRequestContext>;
};

export { expect };

export const test = base.extend<Stage, House>({
  // Playwright wants a pattern that names a fixture, also where none is needed.
  truth: [async ({ playwright: _ }, use) => use(await tellTruth()), { scope: 'worker' }],
  records: [
    async ({ truth }, use) =>
      use((await tellRecords()).filter(({ eventDate }) => Date.parse(eventDate) < Date.parse(truth.anchor))),
    { scope: 'worker' },
  ],
  period: [
    async ({ truth }, use) => use(new URLSearchParams({ from: truth.from, to: truth.anchor }).toString()),
    { scope: 'worker' },
  ],
  api: [
    async ({ playwright }, use) => {
      const open = new Map<PersonaRole, APIRequestContext>();
      await use(async (role) => {
        const known = open.get(role);
        if (known !== undefined) return known;
        const door = await playwright.request.newContext();
        const cookies = await sessionOf(door, role);
        await door.dispose();
        const context = await playwright.request.newContext({
          baseURL: BASE_URL,
          storageState: { cookies, origins: [] },
          extraHTTPHeaders: { origin: BASE_URL },
        });
        open.set(role, context);
        return context;
      });
      for (const context of open.values()) await context.dispose();
    },
    { scope: 'worker' },
  ],
  apiWith: [
    async ({ playwright }, use) => {
      const open: APIRequestContext[] = [];
      await use(async (key) => {
        const extraHTTPHeaders: Record<string, string> =
          key === null ? {} : { authorization: `Bearer ${key}` };
        const context = await playwright.request.newContext({ baseURL: BASE_URL, extraHTTPHeaders });
        open.push(context);
        return context;
      });
      for (const context of open) await context.dispose();
    },
    { scope: 'worker' },
  ],
  apiWithNewKey: [
    async ({ api, apiWith }, use) => {
      await use(async (role) => {
        const answer = await (await api('admin')).post('/api/v1/api-keys', {
          data: { name: `journey, ${role.replace('_', ' ')}`, role },
        });
        const { key }: { key: string } = await answer.json();
        return apiWith(key);
      });
    },
    { scope: 'worker' },
  ],
  visit: async ({ page, context, api }, use) => {
    await use(async (role, path) => {
      const { cookies } = await (await api(role)).storageState();
      await context.addCookies(cookies);
      await page.goto(path);
      // The frame stands there before it listens to keys; the trust line has its own words only when it does.
      await expect(page.getByText('Reading coverage', { exact: true })).toHaveCount(0);
      return page;
    });
  },
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      const allowed: RegExp[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await use({ allow: (pattern) => allowed.push(pattern) });
      const unexpected = complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)));
      expect(unexpected, 'what the browser complained of').toEqual([]);
    },
    { auto: true },
  ],
});
