import fs from 'node:fs';
import { chromium } from '@playwright/test';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** A Chromium for the journeys: Playwright's own, else Debian's, else the one an npm package ships. */
export async function browserPath(): Promise<string> {
  const own = chromium.executablePath();
  if (own !== '' && fs.existsSync(own)) return own;
  if (fs.existsSync(DEBIAN_CHROMIUM)) return DEBIAN_CHROMIUM;
  // Its launch arguments are left aside on purpose: they switch off web security and run a single process.
  const { default: shipped } = await import('@sparticuz/chromium');
  return shipped.executablePath();
}
