/**
 * Any program: JSON, signed as Standard Webhooks does it (webhook-id, webhook-timestamp, webhook-signature `v1,<base64>` over
 * "<id>.<timestamp>.<body>" by HMAC-SHA-256). Whoever receives checks signature and time, and knows the id again.
 */
import { createHmac } from 'node:crypto';
import { sent, type Channel } from '../channel.ts';
import { byStatus, post } from '../post.ts';

export function webhook({
  url,
  secret,
  allowPrivate,
  clock = Date.now,
}: {
  url: string;
  secret: string;
  allowPrivate: boolean;
  clock?: () => number;
}): Channel {
  return {
    async send({ id, title, lines, link }) {
      const timestamp = String(Math.floor(clock() / 1000));
      const body = JSON.stringify({ id, title, lines, link });
      const signature = `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      const answer = await post(url, body, { headers, allowPrivate });
      return 'ok' in answer ? answer : (byStatus(answer) ?? sent);
    },
  };
}
