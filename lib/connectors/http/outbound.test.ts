import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '@/lib/testing/scripted-http-server';
import { networks } from '../model/network';
import { type OutboundOptions, outbound } from './outbound';
import type { Address } from './outbound-address';

/** Listens where the product must never knock, and counts who does. */
type Canary = { readonly port: number; readonly knocks: () => number; close(): void };

async function startCanary(place = { host: '127.0.0.1', port: 0 }): Promise<Canary> {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks++;
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, knocks: () => knocks, close: () => void server.close() };
}

let canary: Canary;
/** The same port elsewhere on this machine; there may be no IPv6. */
let others: (Canary | null)[];
let server: ScriptedServer;
beforeAll(async () => {
  canary = await startCanary();
  others = await Promise.all(
    ['::1', '127.9.8.7'].map((host) => startCanary({ host, port: canary.port }).catch(() => null)),
  );
  server = await startScriptedServer((request) => {
    if (request.path === '/elsewhere')
      return { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } };
    if (request.path === '/inside')
      return { status: 307, headers: { location: `http://127.0.0.1:${canary.port}/` } };
    if (request.path === '/endless') return { body: 'x'.repeat(1_000_000) };
    if (request.path === '/never') return { raw: () => undefined };
    return { body: { host: request.headers.host } };
  });
});
afterAll(async () => {
  for (const one of [canary, ...others]) one?.close();
  await server.close();
});

const four = (address: string): Address => ({ address, family: 4 });
const six = (address: string): Address => ({ address, family: 6 });
/** Names of the corpus and what a resolver says to them. */
const NAMES: Readonly<Record<string, readonly Address[]>> = {
  'loopback.example.test': [four('127.0.0.1')],
  'loopback-six.example.test': [six('::1')],
  'private.example.test': [four('10.1.2.3')],
  'metadata.example.test': [four('169.254.169.254')],
  'mixed.example.test': [four('93.184.216.34'), four('127.0.0.1')],
  'mixed-families.example.test': [four('93.184.216.34'), six('fd00::1')],
  'mapped.example.test': [six('::ffff:127.0.0.1')],
  'localhost.': [four('127.0.0.1')],
  localhost: [four('127.0.0.1'), six('::1')],
};
const resolve = async (hostname: string) => {
  const found = NAMES[hostname];
  if (found === undefined) throw new Error('ENOTFOUND');
  return found;
};

const HOSTS = [
  // This machine, however it is spelled.
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.9.8.7',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.01',
  '127.0.0.1.',
  '127。0。0。1',
  '①②⑦.⓪.⓪.①',
  '0',
  '0.0.0.0',
  '0x0',
  'localhost',
  'LOCALHOST',
  'localhost.',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[0000::0001]',
  // IPv4 in IPv6 disguise.
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::169.254.169.254]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  // Networks inside.
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '3232235777',
  '0xC0A80101',
  '100.64.0.1',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fec0::1]',
  '[ff02::1]',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '[2001:db8::1]',
  // Names that lead there.
  ...Object.keys(NAMES),
] as const; // prettier-ignore

describe('nothing is sent inside', () => {
  test('the corpus holds what it promises', () => {
    expect(HOSTS.length).toBeGreaterThanOrEqual(60);
  });

  test.each(['https', 'http'])(
    '%s to any of the corpus is blocked, and nobody is connected to',
    async (scheme) => {
      // The canary's port counts as a public one, so that it is the address alone that refuses.
      const send = outbound({ resolve, publicPorts: [canary.port, 443] });
      for (const host of HOSTS) {
        const url = new URL(`${scheme}://${host}:${canary.port}/hook`);
        const answer = await send({ url, method: 'POST', headers: {}, body: '{}' });
        expect({ host, kind: answer.kind }).toEqual({ host, kind: 'blocked' });
      }
      expect([canary, ...others].map((one) => one?.knocks() ?? 0)).toEqual([0, 0, 0]);
    },
  );

  test('the canary does hear whoever is let through', async () => {
    const before = canary.knocks();
    const send = outbound({ resolve, inside: networks(['127.0.0.0/8']) });
    const url = new URL(`http://loopback.example.test:${canary.port}/`);
    expect((await send({ url, method: 'POST', headers: {}, body: '{}' })).kind).toBe('unknown');
    expect(canary.knocks()).toBe(before + 1);
  });

  test('a name that means another address a moment later leads to the first one only', async () => {
    const { port } = new URL(server.url);
    const trap = await startCanary({ host: '127.9.8.7', port: Number(port) });
    let asked = 0;
    const rebinding: OutboundOptions['resolve'] = async () => {
      asked++;
      return [asked === 1 ? four('127.0.0.1') : four('127.9.8.7')];
    };
    const send = outbound({ resolve: rebinding, inside: networks(['127.0.0.1/32']) });
    const request = { method: 'POST', headers: {}, body: '{}' } as const;
    const url = new URL(`http://rebinding.example.test:${port}/`);
    expect(await send({ url, ...request })).toMatchObject({ kind: 'answered', status: 200 });
    expect(asked).toBe(1);
    expect((await send({ url, ...request })).kind).toBe('blocked');
    expect(trap.knocks()).toBe(0);
    trap.close();
  });

  test.each(['/elsewhere', '/inside'])('a redirect to %s is an answer, not a way', async (path) => {
    const before = canary.knocks();
    const send = outbound({ inside: networks(['127.0.0.1/32']) });
    const answer = await send({ url: new URL(path, server.url), method: 'POST', headers: {}, body: '{}' });
    expect(answer).toMatchObject({ kind: 'answered', status: path === '/inside' ? 307 : 302 });
    expect(canary.knocks()).toBe(before);
  });

  test.each([
    ['ftp://example.test/', 'not https'],
    ['https://user:secret@example.test/', 'a user or password'],
    ['https://93.184.216.34:22/', 'port 22'],
    ['https://93.184.216.34:6379/', 'port 6379'],
    ['http://93.184.216.34/', 'not https'],
  ])('%s is blocked: %s', async (address, because) => {
    const answer = await outbound({ resolve })({ url: new URL(address), method: 'GET', headers: {} });
    expect(answer).toMatchObject({ kind: 'blocked', because: expect.stringContaining(because) });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});

describe('what an operator allows', () => {
  const inside = networks(['127.0.0.1', 'fd00::/8']);

  test('http reaches an allowed network, under the name it was asked by', async () => {
    const url = new URL(server.url);
    url.hostname = 'loopback.example.test';
    const answer = await outbound({ inside, resolve })({ url, method: 'POST', headers: {}, body: '{}' });
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    expect(answer.kind === 'answered' && answer.text).toContain('loopback.example.test');
  });

  test('a neighbour of the allowed address and its IPv6 disguise stay outside', async () => {
    const send = outbound({ inside, resolve });
    for (const host of ['127.0.0.2', '[::ffff:127.0.0.1]', '10.0.0.1'])
      expect((await send({ url: new URL(`http://${host}/`), method: 'GET', headers: {} })).kind).toBe(
        'blocked',
      );
  });

  test('one address outside among several is one too many', async () => {
    const resolveBoth = async () => [four('127.0.0.1'), four('10.0.0.1')];
    const send = outbound({ inside, resolve: resolveBoth });
    expect((await send({ url: new URL('http://x.example.test/'), method: 'GET', headers: {} })).kind).toBe(
      'blocked',
    );
  });
});

describe('bounds', () => {
  const inside = networks(['127.0.0.0/8']);

  test('an answer without end is read up to 64 KiB', async () => {
    const answer = await outbound({ inside })({
      url: new URL('/endless', server.url),
      method: 'GET',
      headers: {},
    });
    expect(answer.kind === 'answered' && answer.text.length).toBe(64 * 1024);
  });

  test('no answer in time is an unknown outcome; no connection is none', async () => {
    const send = outbound({ inside, totalLimitMs: 200 });
    const silent = await send({
      url: new URL('/never', server.url),
      method: 'POST',
      headers: {},
      body: '{}',
    });
    expect(silent).toMatchObject({
      kind: 'unknown',
      because: expect.stringContaining('did not answer in time'),
    });
    const closed = await send({
      url: new URL('http://127.0.0.1:1/'),
      method: 'POST',
      headers: {},
      body: '{}',
    });
    expect(closed).toMatchObject({ kind: 'unreachable', because: expect.stringContaining('ECONNREFUSED') });
  });

  test('a name nobody knows is unreachable, not blocked', async () => {
    const answer = await outbound({ resolve })({
      url: new URL('https://nowhere.example.test/secret-path'),
      method: 'GET',
      headers: {},
    });
    expect(answer).toMatchObject({ kind: 'unreachable' });
    expect(JSON.stringify(answer)).not.toContain('secret-path');
  });
});
