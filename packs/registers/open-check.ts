/** What may lie in the store without a key: a text that says `open: true`, and never one that tells who somebody is. */
import { isSealed } from '../../domain/register/sealed.ts';
import type { FieldType } from '../../domain/form-field.ts';
import type { Problem } from '../problem.ts';

interface Field {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly type: FieldType;
  readonly open?: true | undefined;
  readonly fields?: readonly Field[] | undefined;
}

interface Register {
  readonly read?: unknown;
  readonly filter: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly fields: readonly Field[];
}

const TELEPHONE = /telephone|phone|mobile|电话|手机/i;
const PERSON = /e-?mail|contact|surname|full ?name|person|customer'?s? ?name|姓名|联系|邮箱|邮件|微信|身份证|客户名|顾客名/i;

/** Texts that are open and may not be, and such as have to be and are not. */
export function openFaults({ read, filter, unique, fields }: Register): Problem[] {
  const sealed = new Set(fields.filter((one) => isSealed(one as never)).map(({ name }) => name));
  const [first] = sealed;
  const right = '`open: true` with the field, if it can tell nothing of a person; else';
  const keyed = (path: (string | number)[], name: string, what: string): Problem[] =>
    sealed.has(name) ? [{ path, wrong: `"${name}" cannot ${what}, it is sealed`, right: `${right} another field` }] : [];
  return [
    ...fieldFaults(fields, ['fields']),
    ...(read === 'everybody' && first !== undefined
      ? [{ path: ['read'], wrong: `shows everybody "${first}", which is sealed`, right: `${right} the roles, by pack, that may read it` }]
      : []),
    ...filter.flatMap((name, i) => keyed(['filter', i], name, 'narrow a list')),
    ...unique.flatMap((key, i) => key.flatMap((name, j) => keyed(['unique', i, j], name, 'be in a key'))),
  ];
}

/** A name that stands beside a telephone is that of whoever answers it. */
function fieldFaults(fields: readonly Field[], path: readonly (string | number)[]): Problem[] {
  const callable = fields.some((one) => TELEPHONE.test(wordsOf(one)));
  return fields.flatMap((one, i): Problem[] => {
    const at = [...path, i, 'open'];
    if (one.fields !== undefined) return fieldFaults(one.fields, [...path, i, 'fields']);
    if (one.open !== true) return [];
    if (one.type !== 'text')
      return [{ path: at, wrong: `does not go with type ${one.type}`, right: 'to remove it: only texts are sealed' }];
    const tells = TELEPHONE.test(wordsOf(one)) || PERSON.test(wordsOf(one)) || (callable && one.name === 'name');
    return tells
      ? [{ path: at, wrong: `"${one.name}" tells who somebody is`, right: 'to remove it: names and telephones are sealed' }]
      : [];
  });
}

const wordsOf = ({ name, zh, en }: Field): string => `${name} ${zh} ${en}`;
