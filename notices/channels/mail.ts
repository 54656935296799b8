/** Mail by SMTP. The Message-ID is the message's: a second attempt is the same mail. */
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { later, never, sent, type Channel } from '../channel.ts';

const WITHIN_MS = 20_000;
/** From the beginning to the end, for a server that answers by the drop. */
const ALL_WITHIN_MS = 90_000;

/** @param smtp `smtp://user:password@host:587` or `smtps://…`; a password is not sent to a server that offers no encryption */
export function mail({ smtp, from }: { smtp: string; from: string }): Channel {
  const within = { connectionTimeout: WITHIN_MS, greetingTimeout: WITHIN_MS, socketTimeout: WITHIN_MS };
  const transport = createTransport({ url: smtp, ...within, requireTLS: new URL(smtp).username !== '' });
  const host = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  return {
    async send({ id, title, lines, link }, to) {
      if (to === undefined) return never('there is no mail address');
      try {
        const mailed = transport.sendMail({
          from,
          to,
          subject: title,
          text: `${lines.join('\n')}\n\n${link}\n`,
          messageId: `<${id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return await Promise.race([mailed.then(() => sent), pause(ALL_WITHIN_MS, later('no answer in time'), { ref: false })]);
      } catch (error) {
        const { responseCode = 0, code = 'no answer' } = error as { responseCode?: number; code?: string };
        // 5xx is said for good (RFC 5321, 4.2.1), and so is an address that is none; everything else passes.
        if (responseCode === 0 && code === 'EENVELOPE') return never('EENVELOPE');
        // The server, not the mail: operators set it right.
        if (code === 'ETLS') return later('no encryption offered');
        return responseCode >= 500 ? never(`SMTP ${responseCode}`) : later(responseCode > 0 ? `SMTP ${responseCode}` : code);
      }
    },
  };
}
