/** What the checks of a register say of an entry, beside the others that are there. */
import type { Db } from '../../db/database.ts';
import { atPlace, saying } from '../../db/read/alike.ts';
import { listEntries, seenAmong } from '../../db/read/entries.ts';
import type { Scope } from '../../db/read/scope.ts';
import { CHECKS, type Existing, type Warning } from '../../domain/register/checks/all.ts';
import { span } from '../../domain/register/checks/overlap.ts';
import { TELLING } from '../../domain/register/checks/similar.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import type { EntryBody } from '../../domain/register/read-entry.ts';

/** Entries that one question brings, at most. */
const ALIKE = 50;

/** @param self the entry as it is stored: never alike to itself */
export async function warningsOf(db: Db, scope: Scope, def: RegisterDef, body: EntryBody, self: string): Promise<readonly Warning[]> {
  const looks = def.checks.flatMap((name) => (LOOKS[name] === undefined ? [] : [LOOKS[name]]));
  const found = (await Promise.all(looks.map((look) => look(db, def, body)))).flat();
  const others = new Map(found.map(({ id, body: other }) => [id, { id, body: other }] as const));
  others.delete(self);
  // What is not theirs to see is not told of either.
  const seen = new Set(await seenAmong(db, scope, def, [...others.keys()]));
  for (const id of others.keys()) if (!seen.has(id)) others.delete(id);
  return def.checks.flatMap((name) => CHECKS[name]?.(def, body, [...others.values()]) ?? []);
}

type Look = (db: Db, def: RegisterDef, body: EntryBody) => Promise<readonly Existing[]>;

/** What each check that compares has to see; the others look at the entry alone. */
const LOOKS: Readonly<Record<string, Look>> = {
  overlap: async (db, def, body) => {
    const { place } = body;
    const [from, until] = span(body);
    return typeof place === 'string' && from !== '' ? atPlace(db, def.id, { place, from, until }, ALIKE) : [];
  },
  // The very same by the index of values; what is written otherwise (blanks, width, case) among those that share the word.
  similar: async (db, def, body) => {
    const told = TELLING.flatMap((field) => (typeof body[field] === 'string' ? [[field, body[field]] as const] : []));
    const same = told.map(([field, value]) => saying(db, def, field, value, ALIKE));
    const words = told
      .filter(([field]) => def.search.includes(field))
      .map(([, q]) => listEntries(db, def, { q, filter: {}, after: '', limit: ALIKE }).then(({ items }) => items));
    return (await Promise.all([...same, ...words])).flat();
  },
};
