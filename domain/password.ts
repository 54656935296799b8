/** What a password must be (OWASP ASVS 5.0, 6.2): long enough, not one that everybody tries, not the person's own name. Pure. */

/** In characters as people count them (code points). */
export const PASSWORD_LENGTH = { least: 10, most: 128 } as const;

/** The heads of what is tried first; a password that consists of one of them and digits or marks is as weak. */
const TRIED_FIRST = [
  'password', 'passw0rd', 'p@ssw0rd', 'qwerty', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qazwsx', '1qaz2wsx', 'q1w2e3r4', 'admin', 'administrator',
  'root', 'welcome', 'letmein', 'iloveyou', 'woaini', 'monkey', 'dragon', 'sunshine', 'princess', 'football', 'baseball', 'superman', 'master',
  'login', 'abc', 'abcd', 'abcdef', 'aa', 'a', 'test', 'changeme', 'secret', 'redress', 'nihao', 'zhongguo', 'beijing', 'shanghai', 'mima',
]; // prettier-ignore

export interface PasswordFault {
  readonly zh: string;
  readonly en: string;
}

/** Why a password is not taken; undefined when it is. @param not what it must not contain: the person's id and name */
export function faultOfPassword(password: string, not: readonly string[]): PasswordFault | undefined {
  const length = lengthOf(password);
  const { least, most } = PASSWORD_LENGTH;
  if (length < least || length > most)
    return { zh: `密码须为${least}至${most}个字符。`, en: `A password has ${least} to ${most} characters.` };
  const lower = password.toLowerCase();
  const word = lower.replaceAll(/[\d\p{P}\p{S}\s]/gu, '');
  if (word === '' || TRIED_FIRST.includes(word) || new Set(lower).size < 5)
    return { zh: '此密码太常见,请换一个。', en: 'This password is among the first that are tried; choose another.' };
  const own = not.find((name) => lengthOf(name) >= 2 && lower.includes(name.toLowerCase()));
  return own === undefined
    ? undefined
    : { zh: '密码不得含有本人的编号或姓名。', en: 'A password must not contain the id or name of its person.' };
}

const lengthOf = (text: string): number => Array.from(text).length;
