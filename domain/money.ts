/** Money is integer fen (1 yuan = 100 fen, C12); yuan with two decimals exists only at the edges. */
export type Fen = number;

/** Why an amount is refused. */
export type MoneyProblem = 'not-a-number' | 'too-many-decimals' | 'negative' | 'zero' | 'too-large';

const WORDS: Readonly<Record<MoneyProblem, { zh: string; en: string }>> = {
  'not-a-number': { zh: '不是金额,应如 1200.50', en: 'not an amount such as 1200.50' },
  'too-many-decimals': { zh: '至多两位小数', en: 'more than two decimals' },
  negative: { zh: '不得为负', en: 'below zero' },
  zero: { zh: '须大于零', en: 'must be above zero' },
  'too-large': { zh: '金额过大', en: 'too large' },
};

/** An amount that is none; `message` is English, `zh` Chinese. */
export class MoneyError extends Error {
  override readonly name = 'MoneyError';
  readonly problem: MoneyProblem;
  readonly zh: string;
  constructor(problem: MoneyProblem, text: string) {
    super(`"${text}": ${WORDS[problem].en}`);
    this.problem = problem;
    this.zh = `“${text}”:${WORDS[problem].zh}`;
  }
}

const AMOUNT = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;

/**
 * Reads yuan such as `800`, `1000.00` or `12,300.5` as fen. Digits are taken as written, never through binary
 * fractions. `positive` refuses zero too. Throws MoneyError; the bound is 2^53 - 1 fen, about 90 trillion yuan.
 */
export function parseYuan(yuan: string | number, options: { readonly positive?: boolean } = {}): Fen {
  const text = String(yuan).trim();
  const m = AMOUNT.exec(text);
  if (!m) throw new MoneyError(typeof yuan === 'number' && Math.abs(yuan) >= 1e21 ? 'too-large' : 'not-a-number', text);
  const decimals = m[3] ?? '';
  if (decimals.length > 2) throw new MoneyError('too-many-decimals', text);
  const fen = Number(m[2]!.replaceAll(',', '') + decimals.padEnd(2, '0'));
  if (m[1] === '-' && fen !== 0) throw new MoneyError('negative', text);
  if (!Number.isSafeInteger(fen)) throw new MoneyError('too-large', text);
  if (fen === 0 && options.positive) throw new MoneyError('zero', text);
  return fen;
}

/** `1230000` → `12,300.00`. Throws RangeError if the amount is not whole fen. */
export function formatYuan(fen: Fen): string {
  const plain = plainYuan(fen);
  return plain.replace(/\d(?=(?:\d{3})+\.)/g, '$&,');
}

/** `1230000` → `12300.00`; what `parseYuan` reads back to the same fen. */
export function plainYuan(fen: Fen): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not whole fen: ${fen}`);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
