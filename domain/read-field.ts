/** Reads one field of a form by its type. */
import type { RefusalCode } from './errors.ts';
import type { FactValue, FormField } from './form-field.ts';
import { MoneyError, parseYuan, plainYuan } from './money.ts';
import { dateOf, dayFromDate, ENTERED, isoBeijing, parseBeijing, TimeError, withinEntered, type Instant } from './time.ts';

/** How names become ids; usually the pack's roles. */
export interface FormResolver {
  /** Role id of an id, Chinese name or alias; undefined if nobody is called so. */
  role(name: string): string | undefined;
  /** When it is entered: what says of itself that it has happened is not later. Absent: that is not looked at. */
  readonly now?: Instant | undefined;
}

/** What is wrong with one field; `message` is English. */
export class FieldError extends Error {
  readonly path: string;
  readonly zh: string;
  readonly code: RefusalCode;
  constructor(path: string, zh: string, en: string, code: RefusalCode = 'bad-facts') {
    super(en);
    this.path = path;
    this.zh = zh;
    this.code = code;
  }
}

export interface FieldValue {
  readonly fact: FactValue;
  /** The same in the form's document; of `rows` the rows. */
  readonly document: FactValue | readonly Readonly<Record<string, unknown>>[];
}

/** Longest text of one field, in UTF-16 code units. */
export const MAX_TEXT = 20_000;
const MAX_LIST = 50;
const MAX_ROWS = 200;

const PATTERNS = {
  id: { form: /^[A-Za-z0-9_][A-Za-z0-9_.#-]{0,63}$/, zh: '编号,如 DEMO-1-101', en: 'an id such as DEMO-1-101' },
  person: { form: /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/, zh: '人员编号', en: "a person's id" },
  hash: { form: /^[0-9a-f]{64}$/, zh: '64位小写十六进制散列值', en: 'a hash of 64 lower-case hex digits' },
  'number-of-case': { form: /^[A-Za-z0-9][A-Za-z0-9_-]{2,63}$/, zh: '案件编号', en: 'a case number' },
} as const;

/** The field's value, or undefined when it is not filled. Throws FieldError. */
export function readField(field: FormField, value: unknown, resolver: FormResolver): FieldValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    const text = wellFormed(value, field.name);
    return isBlank(text) ? undefined : readOne(field, text, field.name, resolver);
  }
  if (field.type === 'rows') return readRows(field, value, resolver);
  if (field.type === 'roles' || field.type === 'choices' || field.type === 'ids' || field.type === 'files')
    return readList(field, value, resolver);
  return readOne(field, value, field.name, resolver);
}

/** Nothing that an eye could see: blanks and marks without a width. */
const isBlank = (text: string): boolean => text.replaceAll(/[\s\p{Cf}]/gu, '') === '';

function wellFormed(text: string, path: string): string {
  if (!text.isWellFormed()) throw new FieldError(path, '含有残缺字符。', 'contains half a character.');
  if (text.includes('\0')) throw new FieldError(path, '含有空字符。', 'contains a NUL character.');
  if (/\p{Co}/u.test(text))
    throw new FieldError(path, '含有自造字符,他处不能显示。', 'contains a private character that shows nowhere else.');
  const normal = text.normalize('NFC');
  if (normal.length > MAX_TEXT) throw new FieldError(path, `至多${MAX_TEXT}字。`, `is longer than ${MAX_TEXT} characters.`);
  return normal;
}

function readOne(field: FormField, value: unknown, path: string, resolver: FormResolver): FieldValue {
  switch (field.type) {
    case 'text':
      return typeof value === 'string' ? same(value) : expected(path, '文字', 'text');
    case 'boolean':
      return typeof value === 'boolean' ? same(value) : expected(path, 'true 或 false', 'true or false');
    case 'integer':
      return Number.isSafeInteger(value) ? same(value as number) : expected(path, '整数', 'a whole number');
    case 'money':
      return readMoney(value, path);
    case 'instant':
      return readInstant(field, value, path, resolver);
    case 'choice':
      return same(readChoice(field, value, path));
    case 'role':
      return same(readRole(value, path, resolver));
    case 'roles':
    case 'choices':
    case 'ids':
    case 'files':
    case 'rows':
      return expected(path, '列表', 'a list');
    case 'date':
      return same(readDate(value, path));
    case 'decimal':
      return same(readDecimal(value, path));
    case 'ref':
      return same(readPattern('id', value, path));
    case 'id':
    case 'person':
    case 'hash':
    case 'number-of-case':
      return same(readPattern(field.type, value, path));
  }
}

function readPattern(type: keyof typeof PATTERNS, value: unknown, path: string): string {
  const { form, zh, en } = PATTERNS[type];
  const text = typeof value === 'string' ? value.trim() : '';
  return form.test(text) ? text : expected(path, zh, en);
}

function readList(field: FormField, value: unknown, resolver: FormResolver): FieldValue | undefined {
  if (!Array.isArray(value)) return expected(field.name, '列表', 'a list');
  if (value.length > MAX_LIST) throw new FieldError(field.name, `至多${MAX_LIST}项。`, `has more than ${MAX_LIST} entries.`);
  const read = value.map((item: unknown, i) => {
    const path = `${field.name}[${i}]`;
    if (field.type === 'roles') return readRole(item, path, resolver);
    if (field.type === 'files') return readPattern('hash', item, path);
    return field.type === 'ids' ? readPattern('id', item, path) : readChoice(field, item, path);
  });
  return read.length === 0 ? undefined : same([...new Set(read)]);
}

/** Each row is read like a form of its own; a problem names `items[2].quantity`. */
function readRows(field: FormField, value: unknown, resolver: FormResolver): FieldValue | undefined {
  if (!Array.isArray(value)) return expected(field.name, '表格行的列表', 'a list of rows');
  if (value.length > MAX_ROWS) throw new FieldError(field.name, `至多${MAX_ROWS}行。`, `has more than ${MAX_ROWS} rows.`);
  const rows = value.map((row: unknown, i) => readRow(field.fields ?? [], row, `${field.name}[${i}]`, resolver));
  return rows.length === 0 ? undefined : { fact: rows.length, document: rows };
}

function readRow(fields: readonly FormField[], row: unknown, path: string, resolver: FormResolver): Record<string, unknown> {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return expected(path, '栏与值', 'fields and values');
  const given = row as Record<string, unknown>;
  const known = fields.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) return expected(`${path}.${unknown}`, `以下之一:${known.join('、')}`, `one of: ${known.join(', ')}`);
  const document: Record<string, unknown> = {};
  for (const field of fields) {
    try {
      const read = Object.hasOwn(given, field.name) ? readField(field, given[field.name], resolver) : undefined;
      if (read !== undefined) document[field.name] = read.document;
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      throw new FieldError(`${path}.${error.path}`, error.zh, error.message, error.code);
    }
  }
  const lacking = fields.find((field) => isMissing(field, document));
  if (lacking !== undefined) throw new FieldError(`${path}.${lacking.name}`, '必填。', 'must be filled.');
  return document;
}

/** A field that has to be filled in a form, or in a row of one, and is not. */
export function isMissing(field: FormField, document: Readonly<Record<string, unknown>>): boolean {
  if (Object.hasOwn(document, field.name)) return false;
  if (field.required) return true;
  const when = field.requiredWhen;
  if (!when || !Object.hasOwn(document, when.field)) return false;
  return when.equals === undefined || document[when.field] === when.equals;
}

/** A day of the calendar, `2026-09-30`; there is no 30 February. */
function readDate(value: unknown, path: string): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return expected(path, '日期,如 2026-09-30', 'a day such as 2026-09-30');
  try {
    const day = dayFromDate(text);
    if (dateOf(day) === text && text >= ENTERED.first && text <= ENTERED.last) return text;
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
  }
  return expected(path, `${ENTERED.first}至${ENTERED.last}间存在的日期`, `a day that exists, from ${ENTERED.first} to ${ENTERED.last}`);
}

/** Exact: as text, without leading or trailing zeros; up to 12 digits before and 6 after the point. */
function readDecimal(value: unknown, path: string): string {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const found = /^(-?)0*(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text);
  if (found === null) return expected(path, '数,小数至多六位', 'a number with at most six decimals');
  const [, sign = '', whole = '0', decimals = ''] = found;
  const rest = decimals.replace(/0+$/, '');
  const plain = rest === '' ? whole : `${whole}.${rest}`;
  return plain === '0' ? plain : `${sign}${plain}`;
}

function readChoice(field: FormField, value: unknown, path: string): string {
  const options = field.options ?? [];
  if (typeof value === 'string' && options.includes(value.trim())) return value.trim();
  return expected(path, `以下之一:${options.join('、')}`, `one of: ${options.join(', ')}`);
}

function readRole(value: unknown, path: string, resolver: FormResolver): string {
  const role = typeof value === 'string' ? resolver.role(wellFormed(value, path).trim()) : undefined;
  return role ?? expected(path, '本制度的岗位', 'a role of this pack');
}

function readMoney(value: unknown, path: string): FieldValue {
  if (typeof value !== 'string' && typeof value !== 'number') return expected(path, '金额', 'an amount', 'bad-amount');
  try {
    const fen = parseYuan(value, { positive: true });
    return { fact: fen, document: plainYuan(fen) };
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new FieldError(path, `${error.zh}。`, `${error.message}.`, 'bad-amount');
  }
}

function readInstant({ past }: FormField, value: unknown, path: string, { now }: FormResolver): FieldValue {
  if (typeof value !== 'string') return expected(path, '时间,如 2026-03-09 09:20', 'a time such as 2026-03-09 09:20');
  try {
    const instant = withinEntered(parseBeijing(value), value);
    if (past && now !== undefined && instant > now) throw new FieldError(path, '不得晚于现在。', 'must not be later than now.');
    return { fact: instant, document: isoBeijing(instant) };
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    throw new FieldError(path, error.zh, error.message);
  }
}

function same(value: FactValue): FieldValue {
  return { fact: value, document: value };
}

function expected(path: string, zh: string, en: string, code?: RefusalCode): never {
  throw new FieldError(path, `应为${zh}。`, `must be ${en}.`, code);
}
