/** Names as people read them, from the pack a case goes by; without one the ids. */
import type { EventRow } from '../../db/read/events.ts';
import type { FormField } from '../../domain/form.ts';
import { parseYuan } from '../../domain/money.ts';
import type { Pack } from '../../domain/pack.ts';
import { parseBeijing } from '../../domain/time.ts';
import { sayDate, sayInstant, sayYuan } from '../kit/say.ts';
import type { Signature } from '../kit/sheet.ts';

export interface Known {
  readonly pack?: Pack | undefined;
  readonly names: ReadonlyMap<string, string>;
}

export const roleName = (id: string, { pack }: Pick<Known, 'pack'>): string => pack?.roles.find((role) => role.id === id)?.zh ?? id;
export const stepName = (id: string, { pack }: Pick<Known, 'pack'>): string =>
  (pack !== undefined && Object.hasOwn(pack.steps, id) ? pack.steps[id]?.zh : undefined) ?? id;
export const limitName = (id: string, { pack }: Pick<Known, 'pack'>): string => pack?.limitLabels[id]?.zh ?? id;
export const personName = (id: string, { names }: Pick<Known, 'names'>): string => names.get(id) ?? id;

/** What a field holds, as it is written on paper; empty when it is not filled. What cannot be read is shown as it stands. */
export function sayField(field: FormField, value: unknown, known: Known): string {
  if (value === undefined || value === null || value === '') return '';
  if (field.type === 'rows' && Array.isArray(value)) return sayRows(field, value as Record<string, unknown>[], known);
  if (Array.isArray(value)) return value.map((one) => sayOne(field, one, known)).join('、');
  return sayOne(field, value, known);
}

function sayOne(field: FormField, value: unknown, known: Known): string {
  const text = String(value);
  switch (field.type) {
    case 'boolean':
      return value === true ? '是' : '否';
    case 'money':
      return attempt(() => sayYuan(typeof value === 'number' ? value : parseYuan(text)), text);
    case 'instant':
      return attempt(() => sayInstant(typeof value === 'number' ? value : parseBeijing(text)), text);
    case 'date':
      return sayDate(text);
    case 'choice':
    case 'choices':
      return field.optionLabels?.[text]?.zh ?? text;
    case 'role':
    case 'roles':
      return roleName(text, known);
    case 'person':
      return personName(text, known);
    case 'text':
    case 'integer':
    case 'hash':
    case 'number-of-case':
    case 'id':
    case 'ids':
    case 'files':
    case 'decimal':
    case 'ref':
    case 'rows':
      return text;
  }
}

/** One line to a row: `型号 X1;数量 3`. */
function sayRows({ fields = [] }: FormField, rows: readonly Record<string, unknown>[], known: Known): string {
  return rows
    .map((row) =>
      fields
        .map((field) => [field.zh, sayField(field, row[field.name], known)] as const)
        .filter(([, said]) => said !== '')
        .map(([label, said]) => `${label} ${said}`)
        .join(';'),
    )
    .join('\n');
}

/** Who acted, with role, and for whom if they stood in. */
export function sayActor({ event, name, forName }: Pick<EventRow, 'event' | 'name' | 'forName'>, known: Known): string {
  const { actor } = event;
  if (actor === undefined) return '系统';
  const by = actor.delegation === undefined ? '' : `，授权 ${actor.delegation}`;
  const stood = actor.for === undefined ? '' : `，代 ${forName ?? personName(actor.for, known)}${by}`;
  const urgent = actor.emergency === undefined ? '' : `，应急授权 ${actor.emergency}`;
  return `${name ?? personName(actor.person, known)}（${roleName(actor.role, known)}${stood}${urgent}）`;
}

/** The line that whoever did it has signed by doing it: printed name, role, when it happened. */
export function signed(label: string, row: EventRow | undefined, known: Known): Signature {
  return row === undefined ? { label } : { label, name: sayActor(row, known), at: sayInstant(row.event.occurredAt) };
}

function attempt(say: () => string, otherwise: string): string {
  try {
    return say();
  } catch {
    return otherwise;
  }
}
