/** A mail server on loopback: keeps what it takes, and refuses with the code it is told to. */
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll } from 'vitest';

export interface Mailbox {
  readonly received: { readonly email: Email; readonly to: readonly string[] }[];
  readonly url: string;
  /** SMTP code with which recipients are refused from now on. */
  refuse: number | undefined;
  /** How often somebody has sent it a password. */
  passwords: number;
}

export function useMailbox(): Mailbox {
  let smtp: SMTPServer;
  const state: Mailbox = {
    received: [],
    refuse: undefined,
    passwords: 0,
    get url() {
      return `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
    },
  };
  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _, done) => {
        state.passwords += 1;
        done(null, { user: auth.username });
      },
      onRcptTo: (_, __, done) =>
        done(state.refuse === undefined ? null : Object.assign(new Error('refused'), { responseCode: state.refuse })),
      onData: (stream, session, done) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          void PostalMime.parse(Buffer.concat(pieces)).then((email) => {
            state.received.push({ email, to: session.envelope.rcptTo.map(({ address }) => address) });
            done();
          });
        });
      },
    });
    await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', () => listening()));
  });
  afterAll(() => new Promise<void>((closed) => smtp.close(() => closed())));
  return state;
}
