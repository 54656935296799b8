/** Planted names, telephones, addresses and words come in by every way there is; nowhere but under a subject's key does one of them lie. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { DefaultLogger } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { erase } from '../../db/erasure.ts';
import { auditAll } from '../../reconcile/audit-all.ts';
import { KEYED } from '../../vault/words.ts';
import { erasable, erasableCells, isSealedCell, opens, type Cell } from './support/canary/fates.ts';
import { fileKeys, opener } from '../../db/personal.ts';
import { diskStore } from '../../files/disk.ts';
import { loadPack } from '../../packs/load.ts';
import { startNotices } from '../../notices/run.ts';
import { channelOf } from '../../notices/settings.ts';
import { useApi } from '../api/support/api.ts';
import { useEngine } from '../api/support/engine.ts';
import { eventually } from '../store/support/office.ts';
import { useLoopback } from '../store/support/loopback.ts';
import { everyColumn, everyFile, everyHistory } from './support/canary/places.ts';
import { plantsOf, type Plant } from './support/canary/plants.ts';
import { searchIn, type Place } from './support/canary/search.ts';
import { repairOf, sayEverything } from './support/canary/story-of-cases.ts';
import { auditService, beKnown, changePack, relabel, standIn } from './support/canary/story-of-authority.ts';
import { beStaff, importAndPass, moveMoney, writeRegisters } from './support/canary/story-of-office.ts';
import { testVault } from '../support/vault.ts';

const lines: string[] = [];
const worker = new DefaultLogger('TRACE', ({ level, message, meta }) => lines.push(`${level} ${message} ${JSON.stringify(meta)}`));
const engine = useEngine(undefined, worker);
const api = useApi(engine, { publicCasesPerHour: 1_000, log: { write: (line) => lines.push(line) } });
const vendor = useLoopback();
const plants = plantsOf();
/** Printed names of staff: who did something is no secret of theirs. */
const inClear = new Set<string>();

const allowed: readonly { readonly place: RegExp; readonly plant: (plant: Plant) => boolean; readonly why: string }[] = [
  {
    place: /^person(?:_name)?\.name$/,
    plant: ({ text }) => inClear.has(text),
    why: 'printed name of staff: an approval shows it for ever',
  },
  {
    place: /^file\.hash$|^files: names$|^subject_key\.subject$/,
    plant: ({ where }) => where.endsWith(': a file in forms'),
    why: 'address of a file: forms name it, and here the file holds one word',
  },
];
const isAllowed = (place: string, plant: Plant): boolean => allowed.some((one) => one.place.test(place) && one.plant(plant));

test('the search finds what lies in the open, in every guise', () => {
  const mine = plantsOf();
  const text = mine.text('here');
  const guises = [text, encodeURIComponent(text), Buffer.from(text).toString('hex'), Buffer.from(`.${text}.`).toString('base64')];
  for (const guise of guises) expect(searchIn([{ place: 'p', bytes: Buffer.from(`x ${guise} y`) }], mine, () => false)).toHaveLength(1);
  expect(searchIn([{ place: 'p', bytes: Buffer.from(`x${text}`, 'utf16le') }], mine, () => false)).toHaveLength(1);
  expect(searchIn([{ place: 'p', bytes: Buffer.from(`x ${text.slice(0, -1)}`) }], mine, () => false)).toEqual([]);
});

test('nothing planted is found in either database, in histories, logs, metrics or files', { timeout: 300_000 }, async () => {
  const number = await repairOf(api, engine.db, plants);
  await importAndPass(api, plants);
  await relabel(api, plants, '/api/registers/customers/entries/KH-CANARY-1');
  await beStaff(api, engine.db, plants, inClear);
  await beKnown(engine.db, plants, 'new.one');
  await moveMoney(api, plants, number);
  await standIn(api, plants);
  await auditService(api, plants);
  const written = await writeRegisters(api, plants);
  const { numbers, said } = await sayEverything(api, plants);
  await changePack(api, plants);
  expect(written).toBeGreaterThan(20);
  expect(numbers.length).toBeGreaterThan(5);
  expect(said).toBeGreaterThan(5);

  // A vendor that repeats what it was sent, and a telephone with it.
  vendor.answer = { status: 200, body: { errcode: 93_000, errmsg: `nobody is called ${plants.telephone('answer of a vendor')} or ${plants.mail('answer of a vendor')}` } }; // prettier-ignore
  const settings = { kind: 'wecom' as const, url: `${vendor.url}/send?key=K`, packs: ['s3-cs19'], lang: 'zh' as const, allowPrivate: true };
  const notices = await startNotices({
    databaseUrl: engine.url,
    vault: testVault,
    channels: [{ id: 'office', settings, channel: channelOf(settings) }],
    packOf: async () => loadPack('s3-cs19'),
    links: 'https://redress.example/api/',
    warn: (line) => lines.push(line),
    everyMs: 100,
  });
  await eventually(
    async () => (await engine.db.selectFrom('delivery').select('id').where('status', '=', 'failed').limit(1).execute()).length > 0,
  );
  await notices.stop();

  const sending = new PassThrough();
  const kept = diskStore(api.folder, fileKeys(engine.db)).put(sending, 'a.txt');
  sending.write(`${plants.text('a file that is still coming')}\n`.repeat(10_000));
  await eventually(async () => (await everyFile(join(api.folder, 'coming'), 'coming')).some(({ bytes }) => bytes.length > 100_000));

  const places: Place[] = [
    ...(await everyColumn(engine.owner)),
    ...(await everyHistory(engine.client, [number, ...numbers])),
    ...(await everyFile(api.folder, 'files')),
    ...vendor.asked.map(({ text }) => ({ place: 'what a vendor was sent', bytes: Buffer.from(text) })),
    ...lines.map((line) => ({ place: 'log', bytes: Buffer.from(line) })),
    { place: 'metrics', bytes: Buffer.from((await api.anybody.get('/metrics')).text) },
  ];
  sending.destroy(new Error('gone'));
  await expect(kept).rejects.toThrow('gone');
  expect(lines.length).toBeGreaterThan(100);
  expect(places.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(1_000_000);
  expect(plants.all.length).toBeGreaterThan(500);
  expect(searchIn(places, plants, isAllowed)).toEqual([]);
});

test(
  'what is declared to be erased is sealed for whom it says, and unreadable once they are erased; every chain verifies, before and after',
  { timeout: 120_000 },
  async () => {
    const { db, owner } = engine;
    const faults = async (): Promise<object[]> => {
      const found: object[] = [];
      const nowhere = {
        folder: await mkdtemp(join(tmpdir(), 'redress-no-checkpoints-')),
        publicKeyFile: '',
        client: undefined,
        only: undefined,
      };
      await auditAll({ db, ...nowhere }, (line) => found.push(line));
      return found;
    };
    expect(await faults()).toEqual([]);
    const cells = await erasableCells(owner);
    const filled = new Set(cells.map(({ place }) => place));
    // No step of these stories issues a paper.
    expect(erasable.filter((place) => !filled.has(place))).toEqual(['issued_print.bytes']);
    const places = (some: readonly Cell[]): string[] => [...new Set(some.map(({ place }) => place))];
    expect(places(cells.filter((cell) => !isSealedCell(cell)))).toEqual([]);
    const about = [...new Set(cells.map(({ subject }) => subject))];
    const before = await opener(db, about);
    expect(places(cells.filter((cell) => !opens(before, cell)))).toEqual([]);

    await erase(db, { subjects: about, person: 'administrator', reason: 'a test', at: Date.now(), key: 'all' });
    const after = await opener(db, about);
    expect(places(cells.filter((cell) => opens(after, cell) || !after.erased(cell.subject)))).toEqual([]);
    // What was taken away or made void.
    const cases = about.flatMap((subject) => (subject.startsWith('case:') ? [subject.slice(5)] : []));
    const { rows: masked } = await sql<{ place: string }>`
    select 'entry_gram.gram' as place from entry_gram where starts_with(gram, ${KEYED}) and 'entry:' || register || ':' || id = any(${about}::text[])
    union select 'inbox.fingerprint' from inbox where case_number = any(${cases}::text[]) and fingerprint <> 'erased'
    union select 'subject_key.wrapped' from subject_key where subject = any(${about}::text[]) and (wrapped is not null or master_key is not null)
    union select 'person_contact.mail' from person_contact union select 'draft.form' from draft`.execute(owner);
    expect(masked).toEqual([]);
    expect(await faults()).toEqual([]);
  },
);
