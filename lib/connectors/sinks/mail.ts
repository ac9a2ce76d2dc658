import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { SECOND_MS } from '@/lib/kernel/instant';
import type { SinkOutcome } from './sink';

const CONNECT_LIMIT_MS = 5 * SECOND_MS;
const SILENCE_LIMIT_MS = 10 * SECOND_MS;
const TOTAL_LIMIT_MS = 20 * SECOND_MS;

export type MailServer = {
  /** `smtp://user:password@host:587` or `smtps://…`; `?requireTLS=true` insists on encryption. The operator's word: not vetted. */
  readonly url: string;
  readonly from: string;
  readonly totalLimitMs?: number;
};

export type Mail = {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** `<…@…>`, the same for every try, so that a repetition can be recognised. */
  readonly messageId: string;
  /** Message ids of what this belongs to. */
  readonly references: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * Hands one mail to the mail server. What the server says before it has the whole message is a clear no; silence after that
 * is an unknown outcome, since mail has no key against repetition.
 */
export async function sendMail(server: MailServer, mail: Mail): Promise<SinkOutcome> {
  const url = new URL(server.url);
  const raw = await compose(server, mail);
  const { host } = url;
  let handedOver = false;
  const body = Readable.from(
    (function* () {
      handedOver = true;
      yield raw;
    })(),
  );
  const connection = new SmtpConnection(connectionOptions(url));
  return new Promise((resolve) => {
    const end = (outcome: SinkOutcome, leave = () => connection.close()) => {
      clearTimeout(whole);
      resolve(outcome);
      leave();
    };
    const failed = (error: SmtpConnection.SMTPError) => end(outcomeOfError(error, { host, handedOver }));
    const whole = setTimeout(
      () => end(silence(host, handedOver, 'did not answer in time')),
      server.totalLimitMs ?? TOTAL_LIMIT_MS,
    );
    connection.on('error', failed);
    connection.once('end', () => end(silence(host, handedOver, 'closed the connection')));
    const envelope = { from: addressOf(server.from), to: [...mail.to], size: raw.length };
    const send = () =>
      connection.send(envelope, body, (error, info) => {
        if (error) return failed(error);
        const refused = info.rejected.length;
        const because = refused === 0 ? null : `${refused} of ${mail.to.length} recipients were refused.`;
        end({ kind: 'delivered', status: 250, receipt: null, because }, () => connection.quit());
      });
    connection.connect((error) => {
      if (error) return failed(error);
      if (url.username === '') return send();
      const credentials = {
        user: decodeURIComponent(url.username),
        pass: decodeURIComponent(url.password),
      };
      connection.login({ credentials }, (refusal) => (refusal ? failed(refusal) : send()));
    });
  });
}

function connectionOptions(url: URL): SmtpConnection.Options {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    secure: url.protocol === 'smtps:',
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    requireTLS: url.searchParams.get('requireTLS') === 'true',
    ignoreTLS: url.searchParams.get('ignoreTLS') === 'true',
    ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
    connectionTimeout: CONNECT_LIMIT_MS,
    greetingTimeout: CONNECT_LIMIT_MS,
    dnsTimeout: CONNECT_LIMIT_MS,
    socketTimeout: SILENCE_LIMIT_MS,
    logger: false,
  };
}

/** The mail as it travels. The composer folds and encodes headers and is given no file and no address to read from. */
function compose(server: MailServer, mail: Mail): Promise<Buffer> {
  const composed = new MailComposer({
    from: server.from,
    to: [...mail.to],
    subject: mail.subject.replace(/\p{Cc}+/gu, ' '),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    ...(mail.references.length > 0 ? { references: [...mail.references] } : {}),
    headers: { ...mail.headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composed.compile().build();
}

function outcomeOfError(
  error: SmtpConnection.SMTPError,
  at: { readonly host: string; readonly handedOver: boolean },
): SinkOutcome {
  const { host } = at;
  const status = error.responseCode ?? null;
  if (error.code === 'EAUTH')
    return {
      kind: 'refused',
      status,
      because: `${host} does not accept the user and password of SMTP_URL.`,
    };
  if (status !== null) {
    const step = STEPS[error.command ?? ''] ?? 'the message';
    return status >= 500
      ? { kind: 'refused', status, because: `${host} refuses ${step} for good (${status}).` }
      : {
          kind: 'again',
          status,
          because: `${host} does not take ${step} now (${status}).`,
          retryAfterMs: null,
        };
  }
  if (error.code === 'ETLS')
    return { kind: 'refused', status, because: `${host} offers no encryption that we accept.` };
  return silence(host, at.handedOver, `broke the connection${error.code ? ` (${error.code})` : ''}`);
}

const STEPS: Readonly<Record<string, string>> = {
  CONN: 'the connection',
  EHLO: 'our greeting',
  'MAIL FROM': 'the sender of SMTP_FROM',
  'RCPT TO': 'the recipients',
  DATA: 'the message',
};

function silence(host: string, handedOver: boolean, why: string): SinkOutcome {
  return handedOver
    ? { kind: 'unknown', because: `${host} was handed the message and ${why}.` }
    : { kind: 'again', status: null, because: `${host} cannot be reached: it ${why}.`, retryAfterMs: null };
}

/** The bare address of `Name <address>`. */
function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
}
