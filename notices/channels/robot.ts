/** Robots of chat groups answer in the body, often with HTTP 200: a code of 0 is success, some pass, the rest does not. */
import { later, never, sent, type Sent } from '../channel.ts';
import { byStatus, post } from '../post.ts';

export interface Robot {
  readonly allowPrivate: boolean;
  /** Where the answer has its code and its words. */
  readonly says: readonly [code: string, words: string];
  /** Codes after which trying again helps. */
  readonly passing: ReadonlySet<number>;
}

export async function toRobot(url: string, body: object, { allowPrivate, says, passing }: Robot): Promise<Sent> {
  const answer = await post(url, JSON.stringify(body), { allowPrivate });
  if ('ok' in answer) return answer;
  const refused = byStatus(answer);
  if (refused !== undefined) return refused;
  let json: Record<string, unknown>;
  try {
    json = JSON.parse(answer.body) as Record<string, unknown>;
  } catch {
    return later('the answer is no JSON');
  }
  const [code, words] = [Number(json[says[0]] ?? Number.NaN), json[says[1]]];
  if (code === 0) return sent;
  const why = `${code} ${typeof words === 'string' ? words : ''}`.slice(0, 200);
  return passing.has(code) ? later(why) : never(why);
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
