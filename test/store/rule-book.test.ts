/** Versions of packs in the store: which is in force when, and what a release may put in. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { stockPacks } from '../../db/packs.ts';
import { NotActive, NotFound } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';
import { loadPack } from '../../packs/load.ts';
import { seal, unseal } from '../../packs/build.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const shipped = loadPack('s3-cs19');
const noon = Date.UTC(2026, 8, 30, 4);

/** The same pack under another version string, with another title. */
function other(version: string, title = version): Pack {
  const content = unseal(shipped);
  return seal({ ...content, version, title: { zh: title, en: title }, rules: { ...content.rules, version } });
}

async function put(pack: Pack, status: 'active' | 'withdrawn', from: number, withdrawnAt?: number): Promise<void> {
  const { id, version, hash } = pack;
  await store.db
    .insertInto('pack_version')
    .values({
      ...{ hash, id, version, status, content: JSON.stringify(pack) },
      ...{ active_from: new Date(from), withdrawn_at: withdrawnAt === undefined ? null : new Date(withdrawnAt) },
    })
    .execute();
}
const rows = () =>
  store.db.selectFrom('pack_version').select(['version', 'status']).where('id', '=', 's3-cs19').orderBy('version').execute();

beforeEach(() => store.tamper('truncate pack_version'));

describe('in force', () => {
  test('what is shipped, from the first look on, at any instant', async () => {
    const book = ruleBook(store.db);
    for (const at of [0, noon, Date.now()]) expect((await book.active('s3-cs19', at)).pack.hash).toBe(shipped.hash);
    expect((await book.active('s3-cs19', noon)).calendar.id).toBe('cn');
    expect(await book.pinned(shipped.hash)).toEqual(JSON.parse(JSON.stringify(shipped)));
  });

  test('the version that began last; before its instant the one before', async () => {
    const book = ruleBook(store.db);
    await book.active('s3-cs19', noon);
    await put(other('2.0.0'), 'active', noon);
    const at = async (instant: number) => (await book.active('s3-cs19', instant)).pack.version;
    expect([await at(noon - 1), await at(noon)]).toEqual(['1.0.1', '2.0.0']);
    await sql`update pack_version set status = 'withdrawn', withdrawn_at = now() where version = '2.0.0'`.execute(store.db);
    expect(await at(noon)).toBe('1.0.1');
  });

  test('none: said in a sentence, and the withdrawn content is still there for its cases', async () => {
    const book = ruleBook(store.db);
    await put(shipped, 'withdrawn', 0, noon);
    await expect(book.active('s3-cs19', noon)).rejects.toThrow(
      /no version of the pack s3-cs19 is in force at 2026-09-30 12:00.*withdrawn, or begins later/,
    );
    await expect(book.active('s3-cs19', noon)).rejects.toBeInstanceOf(NotActive);
    expect((await book.pinned(shipped.hash)).version).toBe('1.0.1');
    expect((await book.latest('s3-cs19', noon))?.hash).toBe(shipped.hash);
    const unknown = book.active('s9-none', noon);
    await expect(unknown).rejects.toThrow('there is no pack s9-none');
    await expect(unknown).rejects.not.toBeInstanceOf(NotActive);
    await expect(book.pinned('0'.repeat(64))).rejects.toBeInstanceOf(NotFound);
  });
});

describe('a release', () => {
  test('puts its packs in once, however many processes start', async () => {
    const books = Array.from({ length: 6 }, () => ruleBook(store.db));
    await Promise.all(books.map((book) => book.active('s3-cs19', noon)));
    expect(await rows()).toEqual([{ version: '1.0.1', status: 'active' }]);
  });

  test('a later version waits for its approval', async () => {
    expect(await stockPacks(store.db, [shipped])).toEqual([]);
    expect(await stockPacks(store.db, [other('1.1.0')])).toEqual([]);
    expect(await stockPacks(store.db, [other('1.1.0')])).toEqual([]);
    expect(await rows()).toEqual([
      { version: '1.0.1', status: 'active' },
      { version: '1.1.0', status: 'proposed' },
    ]);
    expect((await ruleBook(store.db).active('s3-cs19', Date.now())).pack.version).toBe('1.0.1');
  });

  test('the same version with other content is refused, and nothing else changes', async () => {
    await stockPacks(store.db, [other('1.0.1', 'changed by hand')]);
    const refused: string[] = [];
    const book = ruleBook(store.db, (why) => refused.push(why));
    expect((await book.active('s3-cs19', noon)).pack.title.en).toBe('changed by hand');
    expect(refused).toEqual([expect.stringMatching(/s3-cs19 .*version 1\.0\.1, but differs .*not taken in.*new version/)]);
  });
});

test('what a version says cannot be changed, nor a version be removed', async () => {
  await ruleBook(store.db).active('s3-cs19', noon);
  for (const statement of [
    `update pack_version set content = '{}'`,
    `update pack_version set version = '9.9.9'`,
    `delete from pack_version`,
  ]) {
    await expect(sql.raw(statement).execute(store.db), statement).rejects.toMatchObject({ code: '42501', message: /permission denied/ });
    await expect(sql.raw(statement).execute(store.owner), statement).rejects.toMatchObject({ code: '42501', message: /append-only/ });
  }
});
