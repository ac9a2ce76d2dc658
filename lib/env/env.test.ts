import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { envExample } from './env-example';
import { readOrMakeSecret } from './kept-secrets';
import { type Env, loadEnv } from './load-env';
import { logLevel } from './log-level';
import { VARIABLE_NAMES } from './variables';

function problemsOf(source: Record<string, string>): readonly string[] {
  const result = loadEnv(source);
  return result.ok ? [] : result.problems;
}

function loaded(source: Record<string, string>): Env {
  const result = loadEnv(source);
  if (!result.ok) throw new Error(result.problems.join(' '));
  return result.env;
}

test('nothing set is a working configuration', () => {
  const env = loaded({});
  expect(env).toMatchObject({
    PORT: 3000,
    PROXY_PORT: 3100,
    HOST: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    secureCookies: false,
  });
  expect(env.DATA_DIR).toBe(path.resolve('.data'));
  expect(env.vault).toBe(`file:${path.resolve('.data/vault')}`);
  expect(env.DATABASE_URL).toBeUndefined();
  expect(env.set.size).toBe(0);
});

test('an empty value counts as not set', () => {
  expect(loaded({ PORT: '', REDIS_URL: ' ', GENESYS_CLIENT_ID: '' })).toMatchObject({
    PORT: 3000,
    set: new Set(),
  });
});

describe('a wrong value is one clear sentence', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a port that is none', { PORT: 'abc' }, 'PORT is no port (1 to 65535): it is "abc".'],
    ['a port out of range', { PROXY_PORT: '70000' }, 'PROXY_PORT is no port (1 to 65535): it is "70000".'],
    ['port 0', { PORT: '0' }, 'PORT is no port (1 to 65535): it is "0".'],
    [
      'a PostgreSQL address given as Redis',
      { REDIS_URL: 'postgresql://a@b/c' },
      'REDIS_URL is no Redis address (redis://host:6379 or rediss://…).',
    ],
    [
      'a database address without scheme',
      { DATABASE_URL: 'localhost:5432' },
      'DATABASE_URL is no PostgreSQL address (postgresql://user:password@host:5432/database).',
    ],
    [
      'a log level that is none',
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL is none of fatal, error, warn, info, debug, trace, silent: it is "loud".',
    ],
    ['a short key', { AUTH_SECRET: 'short' }, 'AUTH_SECRET is shorter than 32 characters.'],
    [
      'both ways to Genesys',
      { GENESYS_REGION: 'mypurecloud.ie', GENESYS_GATEWAY_URL: 'http://127.0.0.1:1' },
      'GENESYS_REGION and GENESYS_GATEWAY_URL are both set; keep the one that is meant.',
    ],
    [
      'a client without region',
      { GENESYS_CLIENT_ID: 'a', GENESYS_CLIENT_SECRET: 'b' },
      'GENESYS_CLIENT_ID is set but neither GENESYS_REGION nor GENESYS_GATEWAY_URL is.',
    ],
    [
      'half of Jira',
      { JIRA_BASE_URL: 'https://example.atlassian.net' },
      'JIRA_BASE_URL is set but JIRA_EMAIL and JIRA_API_TOKEN are not.',
    ],
    [
      'an owner without an app login',
      { DATABASE_OWNER_URL: 'postgres://a@b/c' },
      'DATABASE_OWNER_URL is set but DATABASE_URL is not; set both, or neither for the embedded database.',
    ],
    [
      'the same port twice',
      { PORT: '4000', PROXY_PORT: '4000' },
      'PORT and PROXY_PORT are both 4000; set one of them to another port.',
    ],
    [
      'a vault of no kind',
      { VAULT: '/tmp/vault' },
      'VAULT is neither file:<folder> nor s3://<bucket>/<prefix>: it is "/tmp/vault".',
    ],
    [
      'an address with a path',
      { PUBLIC_URL: 'https://example.com/tally' },
      'PUBLIC_URL must be scheme, name and port alone, such as https://tallystick.example.com.',
    ],
    [
      'a mail address that is none',
      { ALERT_EMAIL: 'dpo@example.com,nobody' },
      'ALERT_EMAIL is no e-mail address: it is "dpo@example.com,nobody".',
    ],
  ])('%s', (_name, source, sentence) => {
    expect(problemsOf(source)).toEqual([sentence]);
  });

  test('several problems are several sentences, and no value that may be secret is repeated', () => {
    const problems = problemsOf({
      PORT: 'x',
      DATABASE_URL: 'mysql://me:hunter2@db',
      SPLUNK_HEC_TOKEN: 'hunter2',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join(' ')).not.toContain('hunter2');
  });
});

describe('the scheme of PUBLIC_URL decides the cookies', () => {
  test.each([
    ['https://tallystick.example.com', true],
    ['https://localhost:3000/', true],
    ['http://localhost:8080', false],
    ['http://127.0.0.1:8080', false],
    ['http://demo.localhost', false],
    ['http://[::1]:3000', false],
  ])('%s', (address, secure) => {
    expect(loaded({ PUBLIC_URL: address }).secureCookies).toBe(secure);
  });

  test.each(['http://192.0.2.7:3000', 'http://tallystick.example.com', 'http://localhost.example.com'])(
    '%s is refused',
    (address) => {
      expect(problemsOf({ PUBLIC_URL: address })[0]).toContain('ALLOW_HTTP=1');
      expect(loaded({ PUBLIC_URL: address, ALLOW_HTTP: '1' }).secureCookies).toBe(false);
    },
  );
});

test('lists are split and remembered as set', () => {
  const env = loaded({ GIT_REPOSITORIES: '/a.git, https://example.com/b.git ,' });
  expect(env.GIT_REPOSITORIES).toEqual(['/a.git', 'https://example.com/b.git']);
  expect([...env.set]).toEqual(['GIT_REPOSITORIES']);
});

test('.env.example lists every variable with a line each', () => {
  const file = readFileSync(path.join(import.meta.dirname, '../../.env.example'), 'utf8');
  expect(file).toBe(envExample());
  for (const name of VARIABLE_NAMES) expect(file).toMatch(new RegExp(`^#${name}=`, 'm'));
});

test('the example, uncommented, is free of problems apart from choices that exclude each other', () => {
  const source: Record<string, string> = {};
  for (const line of envExample().split('\n')) {
    const [, name, value] = /^#([A-Z_]+)=(.+)$/.exec(line) ?? [];
    if (name && value) source[name] = value;
  }
  expect(problemsOf(source).filter((problem) => !/ set but | both set;/.test(problem))).toEqual([]);
});

test('a wrong level does not stop logging before the start is refused', () => {
  expect(logLevel({ LOG_LEVEL: 'loud' })).toBe('info');
  expect(logLevel({ LOG_LEVEL: 'debug' })).toBe('debug');
});

describe('a kept secret', () => {
  test('is made once, readable by its owner alone, and refused when emptied', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tally-secrets-'));
    try {
      const file = path.join(folder, 'deep', 'auth-secret');
      const made = readOrMakeSecret(file);
      expect(made.length).toBeGreaterThanOrEqual(43);
      expect(readOrMakeSecret(file)).toBe(made);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      writeFileSync(file, '');
      expect(() => readOrMakeSecret(file)).toThrow('it is empty');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
