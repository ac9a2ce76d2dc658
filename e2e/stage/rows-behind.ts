import { expect, type Locator, type Page } from '@playwright/test';

/** A number as the pages write it. */
export const count = (n: number): string => n.toLocaleString('en-US');

/** Opens the door and reads how many rows the list of changes behind it has; the page stays there. */
export async function rowsBehind(page: Page, door: Locator | string): Promise<number> {
  if (typeof door === 'string') await page.goto(door);
  else await door.click();
  await page.waitForURL(/\/changes\?/);
  await expect(page.getByText(', reading')).toHaveCount(0);
  const total = page.getByRole('main').locator('p[aria-live]').locator('strong');
  return Number((await total.textContent())?.replaceAll(',', ''));
}
