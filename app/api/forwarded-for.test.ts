import { expect, test } from 'vitest';
import { forwardedFor } from '@/instrumentation-node';
import { ipOf } from './read-request';

const cases = [
  { name: 'nobody in between: the socket tells', given: undefined, peer: '198.51.100.7', ip: '198.51.100.7' },
  {
    name: 'a caller that forges the header is seen by its socket',
    given: '203.0.113.1',
    peer: '198.51.100.7',
    ip: '198.51.100.7',
  },
  {
    name: 'a reverse proxy on this machine is believed',
    given: '203.0.113.1',
    peer: '127.0.0.1',
    ip: '203.0.113.1',
  },
  {
    name: 'what the caller told that proxy is not',
    given: '192.0.2.9, 203.0.113.1',
    peer: '::1',
    ip: '203.0.113.1',
  },
];

test.each(cases)('$name', ({ given, peer, ip }) => {
  expect(ipOf(new Headers({ 'x-forwarded-for': forwardedFor(given, peer) }))).toBe(ip);
});
