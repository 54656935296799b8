/** Any form, filled in: every text that no register calls open a plant, everything else something of its type. */
import { randomInt } from 'node:crypto';
import type { FormField } from '../../../../domain/form-field.ts';
import { isoBeijing } from '../../../../domain/time.ts';
import type { Plants } from './plants.ts';

export interface Filling {
  readonly plants: Plants;
  /** Named in what is planted. */
  readonly where: string;
  readonly roles: readonly string[];
  readonly file?: string;
  /** Ids of entries by register. */
  readonly refs?: Readonly<Record<string, string>>;
}

export function fillIn(fields: readonly FormField[], filling: Filling): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = valueOf(field, filling);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

function valueOf(field: FormField, filling: Filling): unknown {
  const { plants, roles, file, refs = {} } = filling;
  const where = `${filling.where}.${field.name}`;
  const digits = String(randomInt(1_000_000, 9_999_999));
  switch (field.type) {
    case 'text':
      if (field.open === true) return `text ${digits}`;
      return /telephone|phone/i.test(field.name) ? plants.telephone(where) : plants.text(where);
    case 'boolean':
      return true;
    case 'money':
      return '800.00';
    case 'instant':
      return isoBeijing(Date.now() - 60_000);
    case 'date':
      return isoBeijing(Date.now()).slice(0, 10);
    case 'integer':
      return 3;
    case 'decimal':
      return '1.5';
    case 'choice':
      return field.options?.[0];
    case 'choices':
      return field.options?.slice(0, 1);
    case 'role':
      return roles[0];
    case 'roles':
      return roles.slice(0, 1);
    case 'person':
      return 'somebody';
    case 'id':
      return `ID-${digits}`;
    case 'ids':
      return [`ID-${digits}`];
    case 'ref':
      return refs[field.register ?? ''];
    case 'files':
      return file === undefined ? undefined : [file];
    case 'rows':
      return [fillIn(field.fields ?? [], { ...filling, where })];
    case 'hash':
    case 'number-of-case':
      return undefined;
  }
}
