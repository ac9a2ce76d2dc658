import { createHmac } from 'node:crypto';
import { SECOND_MS } from '@/lib/kernel/instant';
import type { Outbound } from '../http/outbound';
import { outcomeOfStatus, type SinkOutcome, unanswered } from './sink';

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'The receiver could not read the message.',
  401: 'The receiver does not accept the signature. Check that both sides hold the same secret.',
  403: 'The receiver forbids it. Check that both sides hold the same secret, and what the receiver lets in.',
  404: 'There is nothing at this address. Check it.',
  405: 'The address takes no POST. Check it.',
  410: 'The receiver says that this address is gone for good.',
  413: 'The receiver finds the message too long.',
};

export type SignedPost = {
  readonly url: string;
  readonly secret: string;
  /** The same for every try of one delivery. */
  readonly deliveryId: string;
  readonly body: string;
  readonly now: Date;
};

/**
 * Posts JSON with a signature over time and body, so that a receiver can tell that it is ours, whole and fresh, and with the
 * delivery's id, so that it can leave out what it has seen.
 */
export async function postSigned(send: Outbound, post: SignedPost): Promise<SinkOutcome> {
  const url = new URL(post.url);
  const answer = await send({
    url,
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Tallystick',
      'x-tallystick-delivery': post.deliveryId,
      'x-tallystick-signature': signatureOf(post),
    },
    body: post.body,
  });
  if (answer.kind !== 'answered') return unanswered(answer);
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'delivered', status, receipt: null, because: null };
  return (
    outcomeOfStatus(answer, url.host) ?? {
      kind: 'refused',
      status,
      because: BY_STATUS[status] ?? `${url.host} refuses the message (${status}).`,
    }
  );
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. */
export function signatureOf({ secret, body, now }: Pick<SignedPost, 'secret' | 'body' | 'now'>): string {
  const t = Math.floor(now.getTime() / SECOND_MS);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}
