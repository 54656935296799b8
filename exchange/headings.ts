/** Which field of a register each column of a table is: by its Chinese or English heading, or the field's name. */
import type { FormField } from '../domain/form-field.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import { TableProblem } from '../sheets/table.ts';

/** Columns of our own making: they go out with every export or report and mean nothing on the way in. */
export const OURS = {
  id: { zh: '登记编号', en: 'entry id' },
  status: { zh: '登记状态', en: 'entry status' },
  line: { zh: '原行号', en: 'row as sent' },
  fault: { zh: '错误', en: 'fault' },
} as const;
const IGNORED = new Set([OURS.status, OURS.line, OURS.fault].flatMap(({ zh, en }) => [zh, en]).map(plain));
const ID = new Set(Object.values(OURS.id).map(plain));

export interface Headings {
  /** Heading → field. */
  readonly fields: ReadonlyMap<string, FormField>;
  /** Heading of the column of our numbers, where entries have no key of their own. */
  readonly id?: string;
  /** Columns that are none of the register. */
  readonly unknown: readonly string[];
}

/** `客户编号*`, `Customer Code` and `金额（元）` are found too. */
function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\((?:元|yuan)\)|[\s*_]/g, '');
}

/** @throws TableProblem when two columns are the same field, or a field that must be filled has none */
export function findFields(def: RegisterDef, columns: readonly string[]): Headings {
  const names = new Map(def.fields.flatMap((field) => [field.en, field.zh, field.name].map((name) => [plain(name), field] as const)));
  const fields = new Map<string, FormField>();
  const unknown: string[] = [];
  let id: string | undefined;
  for (const heading of columns) {
    const field = names.get(plain(heading));
    if (field !== undefined) {
      const other = [...fields].find(([, one]) => one === field)?.[0];
      if (other !== undefined) throw twice(field, other, heading);
      fields.set(heading, field);
    } else if (def.key === undefined && ID.has(plain(heading))) id = heading;
    else if (heading !== '' && !IGNORED.has(plain(heading)) && !ID.has(plain(heading))) unknown.push(heading);
  }
  const lacking = def.fields.filter((field) => field.required && ![...fields.values()].includes(field));
  if (lacking.length > 0) throw missing(lacking);
  return { fields, unknown, ...(id === undefined ? {} : { id }) };
}

const twice = ({ zh, en }: FormField, one: string, other: string): TableProblem =>
  new TableProblem(
    { zh: `“${one}”与“${other}”两列都是“${zh}”`, en: `has two columns for "${en}": "${one}" and "${other}"` },
    { zh: '请删除其中一列', en: 'take one of them out' },
  );

const missing = (fields: readonly FormField[]): TableProblem =>
  new TableProblem(
    {
      zh: `缺少必填列:${fields.map(({ zh }) => zh).join('、')}`,
      en: `lacks columns that must be there: ${fields.map(({ en }) => en).join(', ')}`,
    },
    { zh: '请按中文名、英文名或字段名补上标题', en: 'add them, by their Chinese or English heading or the name of the field' },
  );
