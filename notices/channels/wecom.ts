/** WeCom (企业微信) group robot: the key in the address is the secret; markdown up to 4,096 bytes; answers `errcode`. */
import type { Channel } from '../channel.ts';
import { toRobot, within } from './robot.ts';

/** 45009: too often; 45033: too many at once; -1: busy. Not 93000 (no such robot) nor 40058 (a body that is not right). */
const PASSING = new Set([-1, 45_009, 45_033]);

export function wecom({ url, allowPrivate }: { url: string; allowPrivate: boolean }): Channel {
  return {
    send: ({ title, lines, link }) => {
      const content = within(`**${title}**\n${lines.join('\n')}\n[打开办理](${link})`, 4_096);
      return toRobot(
        url,
        { msgtype: 'markdown', markdown: { content } },
        { allowPrivate, passes: (code) => PASSING.has(code), says: ['errcode', 'errmsg'] },
      );
    },
  };
}
