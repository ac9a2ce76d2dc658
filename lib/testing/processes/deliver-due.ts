import { deliverDue } from '@/lib/alerts/deliveries/deliver-due';
import { deliveryDeps } from '@/lib/alerts/deliveries/deps';
import { openDatabase } from '@/lib/db/connection';
import { loadEnv } from '@/lib/env/load-env';

/** A process that sends what is due, to be killed in the middle of it. */
const given: { url: string; now: string; env: Record<string, string> } = JSON.parse(process.argv[2] ?? '{}');
const loaded = loadEnv(given.env);
if (!loaded.ok) throw new Error(loaded.problems.join(' '));
const db = openDatabase({ url: given.url, applicationName: 'deliver-due' });
await deliverDue(deliveryDeps(loaded.env, db), { now: new Date(given.now) });
await db.close();
