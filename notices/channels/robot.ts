/** Robots of chat groups answer in the body, often with HTTP 200: a code of 0 is success, some pass, the rest does not. */
import { later, never, sent, type Sent } from '../channel.ts';
import { byStatus, post } from '../post.ts';

export interface Robot {
  readonly allowPrivate: boolean;
  /** Where the answer has its code and its words. */
  readonly says: readonly [code: string, words: string];
  /** Whether trying again helps after such an answer. */
  readonly passes: (code: number, words: string) => boolean;
}

/** The body's code counts before the HTTP status: some vendors send what passes with a 400. */
export async function toRobot(url: string, body: object, { allowPrivate, says, passes }: Robot): Promise<Sent> {
  const answer = await post(url, JSON.stringify(body), { allowPrivate });
  if ('ok' in answer) return answer;
  const said = read(answer.body);
  const code = Number(said?.[says[0]] ?? Number.NaN);
  const word = said?.[says[1]];
  const words = typeof word === 'string' ? word : '';
  if (!Number.isNaN(code) && code !== 0) {
    const why = `${code} ${words}`.slice(0, 200);
    return passes(code, words) ? later(why) : never(why);
  }
  const refused = byStatus(answer);
  if (refused !== undefined) return refused;
  // A page of a proxy, or what stands before the vendor and keeps floods off.
  return code === 0 ? sent : later('the answer has no code');
}

function read(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Cuts a text to so many bytes of UTF-8, at a character. */
export function within(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let cut = '';
  for (const character of text) {
    if (Buffer.byteLength(cut) + Buffer.byteLength(character) + 3 > bytes) break;
    cut += character;
  }
  return `${cut}…`;
}
