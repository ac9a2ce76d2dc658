import { SMTPServer } from 'smtp-server';
import type { Sandbox } from '../sandbox.ts';

export type MailSink = { readonly url: string; readonly close: () => Promise<void> };

/** A mail server that keeps what it receives. No encryption, no sign-in. */
export function startMailSink(sandbox: Sandbox, port: number): Promise<MailSink> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onRcptTo: (_address, _session, done) => {
      const { smtpRefuses, smtpStatus } = sandbox.faults;
      const responseCode = smtpStatus > 0 ? smtpStatus : smtpRefuses ? 450 : 0;
      if (responseCode === 0) done();
      else done(Object.assign(new Error('mailbox unavailable'), { responseCode }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const from = session.envelope.mailFrom;
        const subject =
          /^subject:\s*(.*(?:\r?\n[ \t].*)*)/im.exec(raw)?.[1]?.replace(/\r?\n[ \t]+/g, ' ') ?? '';
        sandbox.mails.push({
          at: new Date().toISOString(),
          from: from === false ? '' : from.address,
          to: session.envelope.rcptTo.map((address) => address.address),
          subject,
          raw,
        });
        if (sandbox.faults.smtpDropsAfterApply > 0) {
          sandbox.faults.smtpDropsAfterApply -= 1;
          // The library hands out no socket; a connection that dies is seen by both sides alike.
          for (const connection of server.connections) connection.close();
          return;
        }
        done();
      });
    },
  });
  // A broken client is the client's affair; without a listener it would end the sandbox.
  server.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        url: `smtp://127.0.0.1:${bound}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });
}
