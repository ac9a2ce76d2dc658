import { defineConfig } from '@playwright/test';
import { BASE_URL } from './e2e/stage/addresses';
import { browserPath } from './e2e/stage/browser-path';

export default defineConfig({
  testDir: 'e2e/journeys',
  outputDir: 'test-results',
  globalSetup: './e2e/stage/raise-curtain.ts',
  workers: 1,
  fullyParallel: false,
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
    trace: 'retain-on-failure',
    launchOptions: { executablePath: await browserPath(), chromiumSandbox: false },
  },
});
