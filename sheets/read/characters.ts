/** What a cell's text may be made of: what nobody can read, or nobody will read the same way tomorrow, is named. */
import type { Cell, Fault } from '../table.ts';
import { BROKEN } from './text.ts';

// Line feed and tab belong to text.
const CONTROL = /(?![\n\t])\p{Cc}/u;
const HALF = /\p{Cs}/u;
/** Private use: what a character there looks like depends on the font of one machine. */
const PRIVATE = /\p{Co}/u;
const UNASSIGNED = /\p{Cn}/u;

/** A cell of text: trimmed, line ends `\n`, NFC; with a fault where it holds what is no text. */
export function textCell(raw: string): Cell {
  const text = raw.replaceAll(/\r\n?/g, '\n').trim().normalize('NFC');
  const fault = faultOf(text);
  return fault === undefined ? { text } : { text, fault };
}

function faultOf(text: string): Fault | undefined {
  if (text.includes(BROKEN)) {
    return {
      what: { zh: '含有不属于该编码的字节', en: 'holds bytes that are no characters of the encoding' },
      remedy: {
        zh: '请用一种编码(UTF-8)另存文件',
        en: 'save the file in one encoding (UTF-8), or name it in the mapping under file.encoding',
      },
    };
  }
  if (HALF.test(text)) {
    return {
      what: { zh: '含有残缺字符(半个代理对)', en: 'holds half a character (a lone surrogate)' },
      remedy: { zh: '请重新输入该字', en: 'enter that character again' },
    };
  }
  const odd = CONTROL.exec(text) ?? PRIVATE.exec(text) ?? UNASSIGNED.exec(text);
  if (odd === null) return undefined;
  const code = `U+${(odd[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (CONTROL.test(odd[0])) {
    return {
      what: { zh: `含有控制字符 ${code}`, en: `holds the control character ${code}` },
      remedy: { zh: '请删除该字符', en: 'delete it' },
    };
  }
  const kind = PRIVATE.test(odd[0]) ? { zh: '私用区', en: 'a private-use' } : { zh: '未分配', en: 'an unassigned' };
  return {
    what: { zh: `含有${kind.zh}字符 ${code},他处无法显示`, en: `holds ${kind.en} character, ${code}, which nobody else can read` },
    remedy: { zh: '请改为标准汉字或拼音', en: 'write it as a standard character' },
  };
}

/** `1.23457E+19`: what a spreadsheet leaves of a long number. The digits are gone; taking it would invent some. */
const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E\+\d{2,}$/i;

export const digitsLost: Fault = {
  what: { zh: '是电子表格截短的长数字,末位已失真', en: 'is a number of more than 15 digits, which the spreadsheet has rounded' },
  remedy: { zh: '请将该列设为文本格式并重新输入', en: 'format the column as text and enter the number again' },
};

export const looksCut = (text: string): boolean => SCIENTIFIC.test(text);
