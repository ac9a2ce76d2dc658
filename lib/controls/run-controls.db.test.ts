import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { applyPolicy } from '@/lib/auth/settings/apply-policy';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { standingOfKeys } from '@/lib/findings/note-standing';
import { connectGenesys, type GenesysClient } from '@/lib/genesys/connect';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { sha256Hex } from '@/lib/kernel/hash';
import { addMs, DAY_MS, floorToDay, HOUR_MS } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { hurriedClock } from '@/lib/testing/instant-clock';
import { allControls, controlById } from './catalogue';
import type { Control } from './model/control';
import { changesOf, daysOf } from './model/history';
import { type EndpointReader, genesysEndpoints, noEndpoints } from './read-endpoint';
import { type ControlsRun, preflightControls, type RunOccasion, runControls } from './run-controls';
import { newestResults, pastResults, resultById } from './store/read-results';
import { evidenceById, evidenceOfRun, listRuns } from './store/read-runs';
import { appendControlSetting } from './store/settings';

const ANCHOR = addMs(floorToDay(new Date()), -3 * DAY_MS);
const ASKED: RunOccasion = { kind: 'asked', by: 'Olga' };

let testing: TestDatabase;
let sandbox: RunningSandbox;
let orgId: string;
let now = addMs(ANCHOR, HOUR_MS);
const planted = new Map<string, unknown>();

const client = (of: { id: string; secret: string }): GenesysClient =>
  connectGenesys({
    gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '',
    clientId: of.id,
    clientSecret: of.secret,
    clock: hurriedClock(),
  });

async function run(
  given: { endpoints?: EndpointReader; occasion?: RunOccasion; controls?: readonly Control[] } = {},
): Promise<ControlsRun> {
  now = addMs(now, HOUR_MS);
  const done = await runControls(testing.db, {
    orgId,
    occasion: ASKED,
    endpoints: genesysEndpoints(client(CLIENTS.collector)),
    vault: memoryVault(),
    productVersion: '0.0.0-test',
    clock: () => now,
    ...given,
  });
  if (done === null) throw new Error('the run was done elsewhere');
  return done;
}

const of = (done: ControlsRun, id: string) => {
  const found = done.results.find((one) => one.controlId === id);
  if (found === undefined) throw new Error(`no result of ${id}`);
  return found;
};

async function put(key: string, value: unknown) {
  if (!planted.has(key)) planted.set(key, structuredClone(sandbox.state.world.settings.get(key)));
  const answer = await fetch(`${sandbox.url}/__sandbox/org-settings/${key}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  expect(answer.status).toBe(200);
}
const authentication = (password: object) => {
  const now: unknown = planted.get('authentication') ?? sandbox.state.world.settings.get('authentication');
  const kept = now as { passwordRequirements: object };
  return put('authentication', {
    ...kept,
    passwordRequirements: { ...kept.passwordRequirements, ...password },
  });
};

beforeAll(async () => {
  testing = await testDatabase();
  sandbox = await startSandbox({ anchor: ANCHOR.toISOString(), still: true });
  orgId = sandbox.truth.orgId;
  await testing.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'eu', $2)`,
    [orgId, addMs(ANCHOR, -DAY_MS)],
  );
}, 120_000);
beforeEach(async () => {
  for (const [key, value] of planted) await put(key, value);
});
afterAll(async () => {
  await sandbox?.close();
  await testing?.drop();
});

describe('what the platform answers, over real HTTP', () => {
  test('I1, I5, I6: what northwind is set up to pass passes, and what it is set up to fail fails and says what is there', async () => {
    const done = await run();
    const outcome = (id: string) => of(done, id).outcome;
    for (const id of [
      'password-policy',
      'multi-factor',
      'session-timeout',
      'ip-allow-list',
      'recording-encryption',
      'key-rotation',
      'recording-retention',
    ])
      expect([id, outcome(id), of(done, id).sentence]).toEqual([id, 'pass', of(done, id).sentence]);
    expect(of(done, 'trunk-encryption')).toMatchObject({ outcome: 'fail', failing: 2 });
    expect(of(done, 'trunk-encryption').sentence).toMatch(
      /Transport of trunk BYOC Legacy is udp, tls is required/,
    );
    expect(of(done, 'data-actions')).toMatchObject({ outcome: 'fail', failing: 1 });
    expect(of(done, 'data-actions').sentence).toBe(
      'Address of action Legacy loyalty points is http://loyalty.northwind.example.test, https is required',
    );
    // The sandbox's certificate is none: enabled and signed, but its validity cannot be told.
    expect(of(done, 'single-sign-on')).toMatchObject({ outcome: 'not_evaluated', failing: 0, unknown: 1 });
    expect(done.run).toMatchObject({
      clientId: CLIENTS.collector.id,
      occasion: 'asked',
      productVersion: '0.0.0-test',
    });
    expect(done.results).toHaveLength(allControls().length);
  });

  test('I5: each parameter of the password policy fails by itself, with its actual value; put right, the finding is cleared', async () => {
    const cases: readonly [object, RegExp][] = [
      [{ minimumLength: 8 }, /^Minimum password length is 8 characters, at least 12 characters is required$/],
      [{ minimumSpecials: 0 }, /^Minimum number of special characters is 0, at least 1 is required$/],
      [{ minimumDigits: 0 }, /digits is 0/],
      [{ minimumUpper: 0 }, /upper-case letters is 0/],
      [{ minimumLower: 0 }, /lower-case letters is 0/],
      [{ minimumAgeSeconds: 0 }, /password age is 0 seconds/],
      [{ expirationDays: 365 }, /^Password expiry is 365 days, at most 90 days is required$/],
      [{ expirationDays: 0 }, /^Password expiry is never/],
    ];
    for (const [password, says] of cases) {
      await authentication(password);
      const result = of(await run(), 'password-policy');
      expect([result.outcome, result.failing]).toEqual(['fail', 1]);
      expect(result.sentence).toMatch(says);
    }
    await authentication({ minimumLength: 8 });
    const failed = await run();
    const key = 'control/password-policy/minimumLength';
    expect(await standingOfKeys(testing.db.sql, orgId, [key])).toMatchObject([
      { rule: 'password-policy', state: 'holds', severity: 'high' },
    ]);
    await authentication({});
    await run();
    expect(await standingOfKeys(testing.db.sql, orgId, [key])).toMatchObject([
      // Twice: once in the list above, once here.
      { state: 'cleared', times: 2 },
    ]);
    expect(of(failed, 'password-policy').ruleSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('I6: no rotation, no key, a key that failed', async () => {
    await put('rotationSchedule', { period: 'DISABLED' });
    await put('recordingKeys', []);
    await put('keyConfigurations', [
      { id: 'k', keyConfigurationType: 'KmsSymmetric', lastError: 'AccessDenied' },
    ]);
    const done = await run();
    expect(of(done, 'key-rotation').sentence).toMatch(/^Rotation of recording keys is DISABLED/);
    expect(of(done, 'recording-encryption').sentence).toMatch(
      /Number of recording keys is 0, at least 1 is required; Last error of key configuration k is "AccessDenied"/,
    );
  });

  test('a provider that was disabled, a second factor and an idle timeout switched off, an empty address list', async () => {
    await put('identityProviders', [{ id: 'okta', name: 'okta', disabled: true, certificates: [] }]);
    await put('tokenTimeout', { enableIdleTokenTimeout: false, idleTokenTimeoutSeconds: 900 });
    const kept = sandbox.state.world.settings.get('authentication') as object;
    await put('authentication', {
      ...kept,
      multifactorAuthenticationRequired: false,
      ipAddressAllowlist: [],
    });
    const done = await run();
    for (const id of ['single-sign-on', 'session-timeout', 'multi-factor', 'ip-allow-list'])
      expect([id, of(done, id).outcome]).toEqual([id, 'fail']);
  });

  test('I28: without a permission a control is not evaluated and names it, known before the run; the others go on', async () => {
    const endpoints = genesysEndpoints(client(CLIENTS.restricted));
    const ahead = await preflightControls(testing.db, {
      orgId,
      endpoints,
      vault: memoryVault(),
      clock: () => now,
    });
    expect(ahead.find((one) => one.controlId === 'single-sign-on')?.missing).toEqual([
      {
        input: 'identityProviders',
        because: 'no permission sso:provider:view',
        permission: 'sso:provider:view',
      },
    ]);
    expect(ahead.find((one) => one.controlId === 'password-policy')?.missing).toEqual([]);
    const done = await run({ endpoints });
    expect(of(done, 'single-sign-on')).toMatchObject({
      outcome: 'not_evaluated',
      because: 'no permission sso:provider:view',
    });
    expect(of(done, 'oauth-clients').because).toContain('no permission oauth:client:view');
    expect(of(done, 'password-policy').outcome).toBe('pass');
    const evidence = await evidenceOfRun(testing.db.sql, done.run.id);
    expect(evidence.find((one) => one.input === 'identityProviders')).toMatchObject({
      state: 'no_permission',
      httpStatus: 403,
      sha256: null,
    });
  });

  test('I27, I2: raw answers are attached, redacted and hashed, once per run and shared; unchanged ones are kept once', async () => {
    const first = await run();
    const second = await run();
    const evidence = await evidenceOfRun(testing.db.sql, second.run.id);
    const keys = evidence.find((one) => one.input === 'keyConfigurations');
    expect(keys).toMatchObject({
      endpoint: 'GET /api/v2/recording/keyconfigurations',
      permission: 'recording:encryptionKey:view',
      httpStatus: 200,
      expectedTotal: 1,
      readTotal: 1,
    });
    const whole = await evidenceById(testing.db.sql, keys?.id ?? '');
    expect(whole?.bytes).not.toContain('must-be-stripped');
    expect(whole?.bytes).toContain('[redacted]');
    expect(sha256Hex(whole?.bytes ?? '')).toBe(keys?.sha256);
    const before = await evidenceOfRun(testing.db.sql, first.run.id, ['keyConfigurations']);
    expect(before[0]?.sha256).toBe(keys?.sha256);
    const [{ n } = { n: -1 }] = await testing.db.sql.query<{ n: number }>(
      `select count(*) as n from control_answer where sha256 = decode($1, 'hex')`,
      [keys?.sha256],
    );
    expect(n).toBe(1);
    expect(new Set(evidence.map((one) => one.input)).size).toBe(evidence.length);
  });

  test('I24: an empty answer that names no total proves nothing', async () => {
    const honest = genesysEndpoints(client(CLIENTS.collector));
    const endpoints: EndpointReader = {
      clientId: honest.clientId,
      read: async (name, clock) => {
        const read = await honest.read(name, clock);
        return name === 'trunkBases'
          ? {
              ...read,
              value: {
                kind: 'not_evaluated',
                because: 'the answer is empty and names no total, which proves nothing',
              },
            }
          : read;
      },
    };
    expect(of(await run({ endpoints }), 'trunk-encryption').outcome).toBe('not_evaluated');
  });

  test('X7: with no way to the platform nothing that needs it passes, and what held is kept as not evaluated', async () => {
    await run();
    const key = (
      await testing.db.sql.query<{ key: string }>(
        `select key from finding_standing where rule = 'trunk-encryption' and state = 'holds' limit 1`,
      )
    )[0]?.key;
    const done = await run({ endpoints: noEndpoints('the platform is not reachable') });
    expect(done.run.counts).toMatchObject({ pass: 0, fail: 0 });
    expect(await standingOfKeys(testing.db.sql, orgId, [key ?? ''])).toMatchObject([
      { state: 'not_evaluated' },
    ]);
  });
});

describe('a run', () => {
  test('I9: a control that throws is reported and stops no other', async () => {
    const original = controlById('multi-factor');
    if (original === null) throw new Error('no such control');
    const broken: Control = {
      ...original,
      evaluate: () => {
        throw new Error('assert failed');
      },
    };
    const done = await run({
      controls: allControls().map((one) => (one.id === 'multi-factor' ? broken : one)),
    });
    expect(of(done, 'multi-factor')).toMatchObject({
      outcome: 'not_evaluated',
      because: 'the check broke: assert failed',
    });
    expect(of(done, 'password-policy').outcome).toBe('pass');
    expect(done.results).toHaveLength(allControls().length);
  });

  test('I10: a run that was due is done once, however many begin it', async () => {
    const occasion: RunOccasion = { kind: 'scheduled', due: { dueAt: now, cadence: 'formal' } };
    const given = {
      orgId,
      occasion,
      endpoints: noEndpoints('not asked'),
      vault: memoryVault(),
      productVersion: 'x',
      clock: () => now,
    };
    now = addMs(now, HOUR_MS);
    const both = await Promise.all([runControls(testing.db, given), runControls(testing.db, given)]);
    expect(both.filter((one) => one !== null)).toHaveLength(1);
    const [newest] = await listRuns(testing.db.sql, { orgIds: [orgId], before: null, limit: 1 });
    expect(newest).toMatchObject({ occasion: 'scheduled', cadence: 'formal' });
  });

  test('I26: the state of a day and the moments it changed; results cannot be changed', async () => {
    const from = floorToDay(now);
    const start = addMs(from, 10 * DAY_MS);
    now = addMs(start, HOUR_MS);
    await run();
    now = addMs(start, DAY_MS + HOUR_MS);
    await authentication({ minimumLength: 6 });
    await run();
    now = addMs(start, 4 * DAY_MS);
    await authentication({});
    await run();
    const range = { from: start, to: addMs(start, 6 * DAY_MS) };
    const results = await pastResults(testing.db.sql, { orgId, controlId: 'password-policy', ...range });
    const days = daysOf(results, {
      ...range,
      now: addMs(start, 4 * DAY_MS + 3 * HOUR_MS),
      freshMs: 30 * HOUR_MS,
    });
    expect(days.map((day) => day.outcome)).toEqual([
      'pass',
      'fail',
      'not_evaluated',
      'not_evaluated',
      'pass',
    ]);
    expect(changesOf(results, range).map((one) => [one.from, one.to])).toEqual([
      ['not_evaluated', 'pass'],
      ['pass', 'fail'],
      ['fail', 'pass'],
    ]);
    const [status] = (await newestResults(testing.db.sql, [orgId])).filter(
      (one) => one.controlId === 'password-policy',
    );
    expect(status).toMatchObject({ outcome: 'pass', since: addMs(start, 4 * DAY_MS + HOUR_MS) });
    for (const table of ['control_run', 'control_result', 'control_evidence', 'control_answer'])
      await expect(testing.owner.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
  });

  test('thresholds and applicability hold from when they were set, and are named in the result', async () => {
    const set = (
      what: 'thresholds' | 'applicability',
      controlId: string,
      value: unknown,
      expiresAt: Date | null,
    ) =>
      appendControlSetting(testing.db.sql, orgId, {
        controlId,
        what,
        value,
        effectiveFrom: now,
        expiresAt,
        reason: 'agreed with the auditor',
        setById: null,
        setBy: 'Olga',
        receivedAt: now,
      });
    const strict = await set('thresholds', 'password-policy', { minimumLength: 16 }, null);
    await set('applicability', 'trunk-encryption', { applicable: false }, addMs(now, 90 * DAY_MS));
    const done = await run();
    const kept = await resultById(testing.db.sql, of(done, 'password-policy').id);
    expect(kept).toMatchObject({ outcome: 'fail', settingIds: [strict], thresholds: { minimumLength: 16 } });
    expect(kept?.observations.find((one) => one.ok === false)?.expected).toBe('at least 16 characters');
    expect(of(done, 'trunk-encryption')).toMatchObject({ outcome: 'not_applicable' });
    expect(of(done, 'trunk-encryption').because).toMatch(/^agreed with the auditor \(until /);
    await expect(set('applicability', 'trunk-encryption', { applicable: false }, null)).rejects.toMatchObject(
      {
        code: '23514',
      },
    );
    await testing.db.transaction((sql) =>
      applyPolicy(
        sql,
        {
          policy: {
            controls: {
              thresholds: { 'password-policy.minimumLength': 20, idleSeconds: 600, expirationDays: -1 },
            },
          },
          orgId: null,
          origin: 'policy_file',
          sha256: '',
        },
        { actor: SYSTEM_ACTOR, now: addMs(now, HOUR_MS) },
      ),
    );
    now = addMs(now, HOUR_MS);
    const byPolicy = await run();
    // What was said last counts; a name that one control alone has needs no prefix; a value out of bounds is not taken.
    expect(of(byPolicy, 'password-policy').thresholds).toMatchObject({
      minimumLength: 20,
      expirationDays: 90,
    });
    expect(of(byPolicy, 'password-policy').settingIds).toHaveLength(2);
    expect(of(byPolicy, 'session-timeout').sentence).toBe(
      'Idle timeout is 900 seconds, at most 600 seconds is required',
    );
    await expect(testing.owner.query('delete from control_setting_version')).rejects.toMatchObject({
      code: '42501',
    });
    now = addMs(now, 91 * DAY_MS);
    expect(of(await run(), 'trunk-encryption').outcome).toBe('fail');
  });
});
