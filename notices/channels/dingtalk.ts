/**
 * DingTalk (钉钉) robot: `timestamp` and `sign` in the address, where sign is Base64 of HMAC-SHA-256 with the secret over
 * "<milliseconds>\n<secret>"; an action card; answers `errcode`.
 */
import { createHmac } from 'node:crypto';
import type { Channel } from '../channel.ts';
import { toRobot, within } from './robot.ts';

/**
 * 130101: more than twenty a minute; 410100: too often; -1: busy. Not 310000 (signature, keyword, address or time are not right), 300001, 300005 and
 * 400101 (no such token), 400102 (the robot is switched off), 400013 (the group is gone), 430101 and on (words that are not let through).
 */
const PASSING = new Set([-1, 130_101, 410_100]);

export function dingtalk({
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
      const signed = new URL(url);
      const timestamp = String(clock());
      signed.searchParams.set('timestamp', timestamp);
      signed.searchParams.set('sign', signOf(timestamp, secret));
      const text = within(`### ${title}\n\n${lines.join('\n\n')}`, 4_096);
      const card = { title, text, singleTitle: '打开办理', singleURL: link };
      return toRobot(
        signed.toString(),
        { msgtype: 'actionCard', actionCard: card },
        { allowPrivate, passes: (code) => PASSING.has(code), says: ['errcode', 'errmsg'] },
      );
    },
  };
}

export function signOf(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`, 'utf8').digest('base64');
}
