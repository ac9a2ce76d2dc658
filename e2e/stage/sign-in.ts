import fs from 'node:fs';
import path from 'node:path';
import type { APIRequestContext, Cookie } from '@playwright/test';
import { BASE_URL, DATA_DIR } from './addresses';
import { type PersonaRole, persona } from './programme';

/** Lies in the stage's own folder, so that it goes with the stage. */
const keptOf = (role: PersonaRole) => path.join(DATA_DIR, `session-of-${role}.json`);

/**
 * The cookies of a persona's session, opened once per stage: sign-ins are throttled, as they should be, and the runner takes
 * a new process after each failure.
 */
export async function sessionOf(request: APIRequestContext, role: PersonaRole): Promise<Cookie[]> {
  const kept = keptOf(role);
  if (fs.existsSync(kept)) return JSON.parse(fs.readFileSync(kept, 'utf8'));
  const cookies = await signedIn(request, persona(role));
  // Renamed into place: another process of the runner reads all of it or nothing.
  fs.writeFileSync(`${kept}.${process.pid}`, JSON.stringify(cookies), { mode: 0o600 });
  fs.renameSync(`${kept}.${process.pid}`, kept);
  return cookies;
}

/** Signs in as the page's form does. */
async function signedIn(
  request: APIRequestContext,
  who: { readonly email: string; readonly password: string },
): Promise<Cookie[]> {
  const csrf = await request.get(`${BASE_URL}/api/auth/csrf`);
  const { csrfToken }: { csrfToken: string } = await csrf.json();
  const answer = await request.post(`${BASE_URL}/api/auth/callback/credentials`, {
    form: { csrfToken, email: who.email, password: who.password, json: 'true', callbackUrl: BASE_URL },
  });
  if (!answer.ok()) throw new Error(`${who.email} could not sign in: ${answer.status()}`);
  return (await request.storageState()).cookies;
}
