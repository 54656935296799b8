/** The register that a request names, for whoever may read or write it; and what an entry's faults are as problems. */
import type { FastifyRequest } from 'fastify';
import { ActOutOfOrder, EntryKeyReused, EntryStale, EntryTaken, NotTheirsToWithdraw, OwnEntry, RefMissing } from '../../db/entries.ts';
import type { Db } from '../../db/database.ts';
import { entryFor as readEntryFor, seenAmong, type EntryRow } from '../../db/read/entries.ts';
import { wouldBeTheirs } from '../../db/read/imports.ts';
import type { EntryBody } from '../../domain/register/read-entry.ts';
import { mayRead, mayWrite } from '../../domain/register/access.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { isSealed } from '../../domain/register/sealed.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';

export type Registers = ReadonlyMap<string, RegisterDef>;

/** @throws Problem not-found, also for a register that the reader may not see */
export function readable(registers: Registers, request: FastifyRequest, id: string): RegisterDef {
  const def = registers.get(id);
  if (def === undefined || !mayRead(me(request).inFamilies, def)) throw new Problem('not-found');
  return def;
}

/** @throws Problem not-found, not-allowed */
export function writable(registers: Registers, request: FastifyRequest, id: string): RegisterDef {
  const def = readable(registers, request, id);
  if (!mayWrite(me(request).inFamilies, def))
    throw new Problem('not-allowed', { zh: `您的岗位不得登记“${def.zh}”。`, en: `Your role may not write in "${def.en}".` });
  return def;
}

/** An entry, for whoever may see it. @throws Problem not-found, the same whether it is absent or not theirs to see */
export async function entryFor(db: Db, request: FastifyRequest, def: RegisterDef, id: string): Promise<EntryRow> {
  const found = await readEntryFor(db, me(request), def, id);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/**
 * What is to be written will be one of the writer's own: of a place where they hold the role. Whether or not there is such an entry already.
 * @param now the entry as it is; absent: it is a new one
 * @throws Problem not-allowed
 */
export async function mustBeTheirs(db: Db, request: FastifyRequest, def: RegisterDef, body: EntryBody, now?: EntryRow): Promise<void> {
  const id = now?.id ?? (def.key === undefined ? undefined : String(body[def.key]));
  if (!(await wouldBeTheirs(db, me(request), def, { id, body, label: now?.label ?? null })))
    throw new Problem('not-allowed', {
      zh: '您的岗位只限其他楼盘或网点,不得登记此处。',
      en: 'You hold the role for other estates or outlets only.',
    });
}

/** `If-Match: "3"` is version 3. @throws Problem version-missing */
export function versionFrom(request: FastifyRequest): number {
  const found = /^"(\d{1,9})"$/.exec(request.headers['if-match'] ?? '')?.[1];
  if (found === undefined) throw new Problem('version-missing');
  return Number(found);
}

/** As `entryProblem`; of a key that an entry has which is not theirs to see, no more than that it cannot be used. */
export const entryProblemFor =
  (db: Db, request: FastifyRequest, def: RegisterDef) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof EntryTaken)) return entryProblem(error);
    const { key, by } = error;
    if (by !== undefined && (await seenAmong(db, me(request), def, [by])).length > 0) return entryProblem(error);
    throw new Problem('key-unusable', { errors: [{ path: key, zh: '不能使用,请换一个。', en: 'cannot be used; choose another' }] });
  };

/** Errors of the store as problems of the API. */
export function entryProblem(error: unknown): never {
  if (error instanceof EntryTaken) {
    const by = error.by === undefined ? '' : `:${error.by}`;
    throw new Problem('entry-taken', {
      zh: `“${error.key}”与已有登记重复${by}。`,
      en: `"${error.key}" is that of another entry already${by}.`,
      errors: [{ path: error.key, zh: `与已有登记重复${by}。`, en: `is that of another entry already${by}` }],
    });
  }
  if (error instanceof RefMissing)
    throw new Problem('bad-facts', {
      errors: [{ path: error.field, zh: `没有此登记:${error.to}。`, en: `there is no such entry: ${error.to}` }],
    });
  if (error instanceof EntryStale)
    throw new Problem('entry-stale', {
      zh: `现为第${error.version}版。`,
      en: `It is at version ${error.version} now.`,
      headers: { ETag: `"${error.version}"` },
    });
  if (error instanceof ActOutOfOrder)
    throw new Problem('act-out-of-order', { zh: `当前状态:${error.status}。`, en: `It is: ${error.status}.` });
  if (error instanceof OwnEntry) {
    const { code, zh, en } = error.duty;
    throw new Problem(code, { zh: `${zh}。`, en: `${en[0]?.toUpperCase()}${en.slice(1)}.` });
  }
  if (error instanceof NotTheirsToWithdraw)
    throw new Problem('not-allowed', {
      zh: '经批准的登记由批准人撤销;草稿可由登记人撤销。',
      en: 'What was approved is withdrawn by whoever approves; a draft by whoever wrote it.',
    });
  if (error instanceof EntryKeyReused) throw new Problem('key-reused');
  throw error;
}

/** Whoever reads it is noted in the journal. */
export const isPersonal = (def: RegisterDef): boolean => def.fields.some(isSealed);

/** @throws Problem bad-request for a field that the register is not narrowed by */
export function narrowed(def: RegisterDef, filter: string | undefined): Record<string, string> {
  const pairs = (filter ?? '').split(',').filter((pair) => pair !== '').map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)] as const); // prettier-ignore
  for (const [field] of pairs) {
    if (def.filter.includes(field)) continue;
    const known = def.filter.join(', ');
    throw new Problem('bad-request', {
      zh: `不能按“${field}”筛选;可用:${known || '无'}。`,
      en: `The list is not narrowed by "${field}"; it can be by: ${known || 'nothing'}.`,
    });
  }
  return Object.fromEntries(pairs);
}
