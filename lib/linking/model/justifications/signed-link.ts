import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const PURPOSE = 'tallystick/justification/1';
const ID = /^jst_[0-9a-hjkmnp-tv-z]{26}$/;

/** The key of signed links, made of the installation's secret and good for nothing else. */
export function linkKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, 32));
}

/**
 * The token by which a request is answered: its id and a MAC over it. Nothing of it is kept, so that neither the database nor a
 * delivery on its way lets anybody answer for the person who was asked.
 */
export function tokenOf(requestId: string, key: Buffer): string {
  return `${requestId}.${mac(requestId, key).toString('base64url')}`;
}

/** The request that a token was made for, or null for any other text. Compared in constant time. */
export function requestOf(token: string, key: Buffer): string | null {
  const dot = token.indexOf('.');
  const id = token.slice(0, Math.max(0, dot));
  const given = Buffer.from(token.slice(dot + 1), 'base64url');
  const right = mac(id, key);
  const same = given.length === right.length && timingSafeEqual(given, right);
  return same && ID.test(id) && token === tokenOf(id, key) ? id : null;
}

function mac(requestId: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(`${PURPOSE}\n${requestId}`).digest();
}
