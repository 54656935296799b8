/** Kinds of columns: what a member of an item becomes in a cell. Headings stand where the list is declared. */
import type { Pack } from '../../domain/pack.ts';
import { parseYuan } from '../../domain/money.ts';
import { STAGES } from '../../print/dossier/names.ts';
import { parseBeijing } from '../../domain/time.ts';
import type { Said } from '../../sheets/table.ts';
import type { ColumnType, Value } from '../../sheets/write/column.ts';
import type { Cell } from './list.ts';
import type { Say } from './say-in.ts';

type Maybe<T> = T | null | undefined;
type Kind<V> = (zh: string, en: string) => Cell<Maybe<V>, unknown>;

/** What a column shows of the item, where none of the kinds below does. */
export const shown = <V, I>(zh: string, en: string, type: ColumnType, of: Cell<V, I>['of']): Cell<V, I> => ({ zh, en, type, of });

const kind =
  <V>(type: ColumnType, of: (value: V, say: Say) => Value): Kind<V> =>
  (zh, en) => ({ zh, en, type, of: (value, _, say) => (value === null || value === undefined ? null : of(value, say)) });

export const text: Kind<string> = kind('text', (value) => value);
export const whole: Kind<number> = kind('integer', (value) => value);
export const yes: Kind<boolean> = kind('boolean', (value) => value);
export const day: Kind<string> = kind('date', (value) => value);
/** Of an instant as the API writes it. */
export const time: Kind<string> = kind('instant', (value) => parseBeijing(value));
/** Of yuan as the API writes them. */
export const yuan: Kind<string> = kind('money', (value) => fenOf(value));
export const fenOf = (yuan: string): number => (yuan.startsWith('-') ? -parseYuan(yuan.slice(1)) : parseYuan(yuan));
export const words: Kind<Said> = kind('text', (value, { lang }) => value[lang]);
export const several: Kind<readonly (string | number)[]> = kind('text', (value) => value.join('、'));
/** What has no columns of its own. */
export const json: Kind<unknown> = kind('text', (value) => JSON.stringify(value));

/** A code by its words. */
export const choice = <V extends string>(zh: string, en: string, codes: Readonly<Record<V, Said>>): Cell<V | null, unknown> =>
  shown(zh, en, 'text', (value, _, { lang }) => (value === null ? null : codes[value][lang]));
/** The same of a code that need not be known here: then it stands as it is. */
export const known = (zh: string, en: string, codes: Readonly<Record<string, Said>>): Cell<string | null, unknown> =>
  shown(zh, en, 'text', (value, _, { lang }) => (value === null ? null : (codes[value]?.[lang] ?? value)));

/** Of an item that says of which pack it is. */
interface OfPack {
  readonly pack: string | null;
}
const packed =
  (of: (pack: Pack, code: string) => Said | undefined) =>
  (zh: string, en: string): Cell<string | null, OfPack> =>
    shown(zh, en, 'text', (code, { pack }, say) => (code === null ? null : say.ofPack(pack, (found) => of(found, code), code)));
const role = (pack: Pack, code: string): Said | undefined => pack.roles.find(({ id }) => id === code);

export const roleName = packed(role);
export const kindName = packed((pack, code) => pack.kinds[code]);
const stage = (pack: Pack, code: string): Said | undefined => {
  const zh = Object.hasOwn(STAGES, code) ? STAGES[code] : undefined;
  return zh === undefined ? pack.steps[code] : { zh, en: pack.steps[code]?.en ?? spaced(code) };
};
/** `effectCheck` → `effect check`. */
const spaced = (code: string): string => code.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
export const stageName = packed(stage);
export const stepName = packed((pack, code) => pack.steps[code]);
export const severityName = packed(
  (pack, code) => pack.forms['severity']?.fields.find(({ name }) => name === 'severity')?.optionLabels?.[code],
);
const severalOf =
  (of: (pack: Pack, code: string) => Said | undefined) =>
  (zh: string, en: string): Cell<readonly string[] | null, OfPack> =>
    shown(zh, en, 'text', async (codes, { pack }, say) =>
      codes === null ? null : (await Promise.all(codes.map((code) => say.ofPack(pack, (found) => of(found, code), code)))).join('、'),
    );
export const roleNames = severalOf(role);
/** Roles by pack, a line each. */
export async function rolesIn(packs: Readonly<Record<string, readonly string[]>>, say: Say): Promise<string> {
  const lines = Object.entries(packs).map(async ([pack, roles]) => {
    const names = await Promise.all(roles.map((one) => say.ofPack(pack, (found) => role(found, one), one)));
    return `${pack}: ${names.join('、')}`;
  });
  return (await Promise.all(lines)).join('\n');
}
export const stepNames = severalOf((pack, code) => pack.steps[code]);
