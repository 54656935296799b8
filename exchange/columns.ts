/** A register as a table: its fields as columns, in such a form that the import takes them back to the same entry. */
import type { FormField } from '../domain/form-field.ts';
import { parseYuan } from '../domain/money.ts';
import type { EntryStatus, RegisterDef } from '../domain/register/definition.ts';
import type { EntryBody } from '../domain/register/read-entry.ts';
import { parseBeijing } from '../domain/time.ts';
import type { Said } from '../sheets/table.ts';
import type { Column, ColumnType, Lang, Value } from '../sheets/write/column.ts';
import { OURS } from './headings.ts';

export interface Outgoing {
  readonly id: string;
  readonly status: EntryStatus;
  readonly body: EntryBody;
}

export type EntryColumn = Column & { readonly of: (entry: Outgoing, lang?: Lang) => Value };

const STATUS: Readonly<Record<EntryStatus, Said>> = {
  draft: { zh: '草稿', en: 'draft' },
  submitted: { zh: '已提交', en: 'submitted' },
  reviewed: { zh: '已审核', en: 'reviewed' },
  inForce: { zh: '有效', en: 'in force' },
  rejected: { zh: '已退回', en: 'rejected' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
};
const TYPES: Readonly<Partial<Record<FormField['type'], ColumnType>>> = {
  integer: 'integer',
  money: 'money',
  instant: 'instant',
  date: 'date',
  boolean: 'boolean',
};

/** Our number first where entries have no key of their own; how an entry stands last. */
export function columnsOf(def: RegisterDef): EntryColumn[] {
  const fields = def.fields.map((field): EntryColumn => ({
    zh: field.type === 'money' ? `${field.zh}(元)` : field.zh,
    en: field.type === 'money' ? `${field.en} (yuan)` : field.en,
    type: TYPES[field.type] ?? 'text',
    of: ({ body }, lang = 'zh') => valueOf(field, body[field.name], lang),
  }));
  const id: EntryColumn = { ...OURS.id, type: 'text', of: (entry) => entry.id };
  const status: EntryColumn = { ...OURS.status, type: 'text', of: (entry, lang = 'zh') => STATUS[entry.status][lang] };
  return [...(def.key === undefined ? [id] : []), ...fields, status];
}

function valueOf(field: FormField, value: unknown, lang: Lang): Value {
  if (value === undefined || value === null) return null;
  if (field.type === 'rows') return JSON.stringify(value);
  if (Array.isArray(value)) return value.map((one: unknown) => labelOf(field, String(one), lang)).join('、');
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (field.type === 'money') return parseYuan(text);
  if (field.type === 'instant') return parseBeijing(text);
  return field.type === 'choice' ? labelOf(field, text, lang) : text;
}

/** What people read for an option, where no other option reads the same. */
function labelOf({ options = [], optionLabels = {} }: FormField, id: string, lang: Lang): string {
  const words = optionLabels[id]?.[lang];
  if (words === undefined || /[、,,;;\n]/.test(words)) return id;
  const same = (text: string | undefined): boolean => text?.toLowerCase() === words.toLowerCase();
  return options.some((other) => other !== id && [other, optionLabels[other]?.zh, optionLabels[other]?.en].some(same)) ? id : words;
}
