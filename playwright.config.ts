import { defineConfig } from '@playwright/test';
import { BASE_URL, STAGE_IS_SET } from './e2e/stage/addresses';
import { browserPath } from './e2e/stage/browser-path';

/** They change nothing, so that any number of them may look at once. Whatever is not named here acts, one file at a time. */
const READING = /(change-detail|changes|coverage|looks|numbers|sessions)\.spec\.ts$/;
/** They want the stage for themselves, and come last: one counts what everybody leaves in the journal, one disturbs the platform. */
const ALONE = /(journal|weather)\.spec\.ts$/;

export default defineConfig({
  testDir: 'e2e/journeys',
  outputDir: 'test-results',
  globalSetup: './e2e/stage/raise-curtain.ts',
  workers: 2,
  projects: [
    { name: 'acting', testIgnore: [READING, ALONE], workers: 1 },
    { name: 'reading', testMatch: READING, fullyParallel: true },
    {
      name: 'alone',
      testMatch: ALONE,
      workers: 1,
      dependencies: STAGE_IS_SET ? [] : ['acting', 'reading'],
    },
  ],
  forbidOnly: true,
  // A shared machine may lose a key press or a frame once; what needed its second try is named at the end of the run.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: BASE_URL,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    actionTimeout: 10_000,
    // Recording every journey costs a quarter of its time; one that fails is recorded when it is tried again.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await browserPath(), chromiumSandbox: false },
  },
});
