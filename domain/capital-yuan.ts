/** Amounts in capital figures (大写), as accounts and receipts bear them: `1230000` → `壹万贰仟叁佰元整`. */
import type { Fen } from './money.ts';

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const PLACES = ['', '拾', '佰', '仟'] as const;
const GROUPS = ['', '万', '亿', '万亿'] as const;

/** Throws RangeError if the amount is not whole fen. Zero is 零元整; below zero begins with 负. */
export function capitalYuan(fen: Fen): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not whole fen: ${fen}`);
  const whole = Math.abs(fen);
  const yuan = Math.floor(whole / 100);
  const jiao = Math.floor(whole / 10) % 10;
  const rest = whole % 10;
  const sign = fen < 0 ? '负' : '';
  const head = yuan === 0 ? '' : `${capitalInteger(yuan)}元`;
  if (jiao === 0 && rest === 0) return `${sign}${head || '零元'}整`;
  const tens = jiao === 0 ? (head === '' ? '' : '零') : `${DIGITS[jiao]}角`;
  return `${sign}${head}${tens}${rest === 0 ? '整' : `${DIGITS[rest]}分`}`;
}

/** Groups of four digits; one 零 where places between figures are empty. */
function capitalInteger(value: number): string {
  const groups: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 10_000)) groups.push(left % 10_000);
  let said = '';
  let gap = false;
  for (let at = groups.length - 1; at >= 0; at--) {
    const group = groups[at] ?? 0;
    if (group === 0) {
      gap = said !== '';
      continue;
    }
    if (said !== '' && (gap || group < 1000)) said += '零';
    said += capitalGroup(group) + GROUPS[at];
    gap = false;
  }
  return said;
}

function capitalGroup(group: number): string {
  let said = '';
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      gap = said !== '';
      continue;
    }
    said += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`;
    gap = false;
  }
  return said;
}
