/**
 * Feishu (飞书) robot: `timestamp` (seconds) and `sign` in the body, where sign is Base64 of HMAC-SHA-256 with the key
 * "<seconds>\n<secret>" over nothing; a card with a button; answers `code`.
 */
import { createHmac } from 'node:crypto';
import type { Channel } from '../channel.ts';
import { toRobot, within } from './robot.ts';

/**
 * 11232, 11233: too often; 99991400: the same, with HTTP 400; 1000000: busy. Not 19001 (no such robot), 19021 (signature or time), 19022 (address),
 * 19024 (keyword). 9499 is a body that is not right, and in other words too many requests.
 */
const PASSING = new Set([11_232, 11_233, 1_000_000, 99_991_400]);
const passes = (code: number, words: string): boolean => PASSING.has(code) || (code === 9_499 && /too many|frequen/i.test(words));

export function feishu({
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
    send: ({ title, lines, link }) => {
      const timestamp = String(Math.floor(clock() / 1000));
      const card = {
        header: { title: { tag: 'plain_text', content: title } },
        elements: [
          { tag: 'div', text: { tag: 'plain_text', content: within(lines.join('\n'), 8_192) } },
          { tag: 'action', actions: [{ tag: 'button', text: { tag: 'plain_text', content: '打开办理' }, url: link, type: 'primary' }] },
        ],
      };
      const body = { timestamp, sign: signOf(timestamp, secret), msg_type: 'interactive', card };
      return toRobot(url, body, { allowPrivate, passes, says: ['code', 'msg'] });
    },
  };
}

export function signOf(timestamp: string, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}
