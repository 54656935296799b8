/** Codes as people read them, in the language of a file. What nobody has named is shown as it is. */
import type { RuleBook } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { Said } from '../../sheets/table.ts';
import type { Lang } from '../../sheets/write/column.ts';

export interface Say {
  readonly lang: Lang;
  /** What a pack calls something; the newest version of it, asked once. */
  ofPack(id: string | null, of: (pack: Pack) => Said | undefined, code: string): Promise<string>;
}

export function sayIn(lang: Lang, rules: RuleBook, at: Instant): Say {
  const packs = new Map<string, Promise<Pack | undefined>>();
  const packOf = (id: string): Promise<Pack | undefined> => {
    const found = packs.get(id) ?? rules.latest(id, at);
    packs.set(id, found);
    return found;
  };
  return {
    lang,
    async ofPack(id, of, code) {
      const pack = id === null ? undefined : await packOf(id);
      return (pack === undefined ? undefined : of(pack)?.[lang]) ?? code;
    },
  };
}
