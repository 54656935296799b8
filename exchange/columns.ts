/** A register as a table: its fields as columns, in such a form that the import takes them back to the same entry. */
import type { FormField } from '../domain/form-field.ts';
import { parseYuan } from '../domain/money.ts';
import type { EntryStatus, RegisterDef } from '../domain/register/definition.ts';
import type { EntryBody } from '../domain/register/read-entry.ts';
import { parseBeijing } from '../domain/time.ts';
import type { Column, ColumnType, Value } from '../sheets/write/column.ts';
import { OURS } from './headings.ts';

export interface Outgoing {
  readonly id: string;
  readonly status: EntryStatus;
  readonly body: EntryBody;
}

export type EntryColumn = Column & { readonly of: (entry: Outgoing) => Value };

const STATUS: Readonly<Record<EntryStatus, string>> = {
  draft: '草稿',
  submitted: '已提交',
  reviewed: '已审核',
  inForce: '有效',
  rejected: '已退回',
  withdrawn: '已撤销',
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
    type: TYPES[field.type] ?? 'text',
    of: ({ body }) => valueOf(field, body[field.name]),
  }));
  const id: EntryColumn = { zh: OURS.id, type: 'text', of: (entry) => entry.id };
  const status: EntryColumn = { zh: OURS.status, type: 'text', of: (entry) => STATUS[entry.status] };
  return [...(def.key === undefined ? [id] : []), ...fields, status];
}

function valueOf(field: FormField, value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (field.type === 'rows') return JSON.stringify(value);
  if (Array.isArray(value)) return value.map((one: unknown) => labelOf(field, String(one))).join('、');
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (field.type === 'money') return parseYuan(text);
  if (field.type === 'instant') return parseBeijing(text);
  return field.type === 'choice' ? labelOf(field, text) : text;
}

/** What people read for an option, where no other option reads the same. */
function labelOf({ options = [], optionLabels = {} }: FormField, id: string): string {
  const zh = optionLabels[id]?.zh;
  if (zh === undefined || /[、,,;;\n]/.test(zh)) return id;
  return options.some((other) => other !== id && (other === zh || optionLabels[other]?.zh === zh)) ? id : zh;
}
