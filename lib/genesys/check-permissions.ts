import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import type { Answer, GenesysClient } from './connect';
import { GenesysError } from './model/errors';
import type { LicenceTier } from './model/licence-tier';
import type { Excess } from './model/permissions';
import { ask, mustBeOurs, PROBES, type Probe } from './permission-probes';
import { readExcess } from './read-excess';
import { readLicence } from './read-licence';

/** How one thing the product needs stands. */
export type PermissionCheck = {
  readonly key: string;
  /** What it is for, in words a person understands. */
  readonly title: string;
  /** Without it the product cannot do its main job. */
  readonly required: boolean;
  readonly state: 'connected' | 'missing_permission' | 'not_available' | 'failed';
  /** Permissions to add. */
  readonly permissions: readonly string[];
  /** What to do; absent when connected. */
  readonly mend?: string;
  readonly because?: string;
  readonly contextId?: string | null;
};

export type ConnectionReport = {
  /** Whether client id, secret and address are accepted. */
  readonly connected: boolean;
  readonly because?: string;
  readonly hint?: string;
  readonly checks: readonly PermissionCheck[];
  /** What the client may do beyond what the product needs (it should be nothing). */
  readonly excess: Evaluated<Excess>;
  readonly licence: Evaluated<LicenceTier>;
  /** The platform's clock less ours, in whole seconds. */
  readonly clockSkewSeconds: Evaluated<number>;
};

/**
 * Tries every address the product reads and says what is connected, what permission is missing, and how to mend it.
 * Nothing is changed. Throws only when it is stopped; wrong credentials are a report.
 */
export async function checkPermissions(
  client: GenesysClient,
  options: { readonly licencePattern?: RegExp; readonly signal?: AbortSignal } = {},
): Promise<ConnectionReport> {
  const skew = await readClockSkew(client, options.signal);
  if (skew instanceof GenesysError) {
    const nothing = notEvaluated<never>('there is no connection');
    return {
      connected: false,
      because: skew.message,
      ...(skew.hint === undefined ? {} : { hint: skew.hint }),
      checks: [],
      excess: nothing,
      licence: nothing,
      clockSkewSeconds: nothing,
    };
  }
  const checks: PermissionCheck[] = [];
  const answers = new Map<string, Answer>();
  for (const probe of PROBES) checks.push(await tryProbe(client, probe, answers, options.signal));
  const excess = await readExcess(client, answers.get('grant'), options.signal);
  const licence = await readLicence(client, answers.get('licence'), options);
  return {
    connected: true,
    checks,
    excess,
    licence,
    clockSkewSeconds: skew,
  };
}

async function tryProbe(
  client: GenesysClient,
  probe: Probe,
  answers: Map<string, Answer>,
  signal: AbortSignal | undefined,
): Promise<PermissionCheck> {
  const base = { key: probe.key, title: probe.title, required: probe.required ?? false, permissions: [] };
  try {
    const path = probe.path.replace('{client}', encodeURIComponent(client.clientId));
    answers.set(probe.key, await ask(client, path, {}, signal));
    return { ...base, state: 'connected' };
  } catch (thrown) {
    const error = mustBeOurs(thrown);
    const common = { ...base, because: error.message, contextId: error.contextId };
    if (error.code === 'no_permission') {
      const permissions =
        error.permissions.length > 0
          ? error.permissions
          : probe.permission === null
            ? []
            : [probe.permission];
      const names = permissions.join(', ') || 'a read permission for it';
      const mend = `In Genesys Cloud under Admin, Roles / Permissions, add ${names} to the role of OAuth client ${client.clientId}, for all divisions.`;
      return { ...common, state: 'missing_permission', permissions, mend };
    }
    if (error.code === 'not_found')
      return {
        ...common,
        state: 'not_available',
        mend: 'This organisation does not offer it; controls that need it are not evaluated.',
      };
    return {
      ...common,
      state: 'failed',
      mend: error.hint ?? 'Try again; if it stays, give the correlation id to Genesys support.',
    };
  }
}

/** Asks the one address that needs no permission. Gives the error when there is no connection at all. */
async function readClockSkew(
  client: GenesysClient,
  signal: AbortSignal | undefined,
): Promise<Evaluated<number> | GenesysError> {
  try {
    const before = client.clock.now();
    const answer = await ask(client, '/api/v2/organizations/me', {}, signal);
    const theirs = Date.parse(answer.headers.date ?? '');
    if (Number.isNaN(theirs)) return notEvaluated('the platform sent no Date');
    // The header has whole seconds: compared with the middle of the round trip, and with half a second added.
    const ours = (before + answer.receivedAt.getTime()) / 2;
    return known(Math.round((theirs + 500 - ours) / 1000));
  } catch (thrown) {
    const error = mustBeOurs(thrown);
    if (error.code === 'no_permission' || error.code === 'not_found') return notEvaluated(error.message);
    return error;
  }
}
