import type { Exchange } from '../http/exchange.ts';

/** Whether a request carries exactly this name and secret. */
export function isBasic(exchange: Exchange, name: string, secret: string): boolean {
  const expected = `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
  return exchange.headers.authorization === expected;
}
