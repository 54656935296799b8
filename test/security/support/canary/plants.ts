/** Words that are nobody's: each is planted once, and whoever finds it elsewhere has found a leak. */
import { randomInt } from 'node:crypto';

export interface Plant {
  /** How it came in. */
  readonly where: string;
  readonly text: string;
}

export interface Plants {
  readonly all: readonly Plant[];
  /** What the plants of this run have in common: found first, so that not each is sought everywhere. */
  readonly marks: readonly string[];
  /** A free text. */
  text(where: string): string;
  /** A mobile number as people write it, with dashes; its digits alone are planted, too. */
  telephone(where: string): string;
  mail(where: string): string;
}

/** Characters that stand in no word of ours. */
const RARE = '龘靐齉爩麤灪纞虋讟钃鸜麷鞻韽';

export function plantsOf(): Plants {
  const all: Plant[] = [];
  const put = (where: string, text: string): string => (all.push({ where, text }), text);
  const rare = Array.from({ length: 6 }, () => RARE[randomInt(RARE.length)]).join('');
  const digits = (many: number): string => Array.from({ length: many }, () => randomInt(10)).join('');
  const [operator, area, mailbox] = [`13${digits(1)}`, digits(4), `canary${digits(4)}`];
  let made = randomInt(1_000);
  const next = (): string => String((made += 1)).padStart(4, '0');
  return {
    all,
    marks: [rare, `${operator}${area}`, `${operator}-${area}`, mailbox],
    text: (where) => put(where, `${rare}-${next()}`),
    telephone(where) {
      const tail = next();
      put(where, `${operator}${area}${tail}`);
      return put(where, `${operator}-${area}-${tail}`);
    },
    mail: (where) => put(where, `${mailbox}${next()}@example.com`),
  };
}
