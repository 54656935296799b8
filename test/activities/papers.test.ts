import { expect, test } from 'vitest';
import { createPapers } from '../../activities/papers.ts';
import { findEntry } from '../../db/read/entries.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { useStore } from '../store/support/store.ts';

const store = useStore();
const paper = { ordinal: 1, kind: 'objectives', hash: 'a'.repeat(64), version: 2, inForceFrom: parseBeijing('2026-04-01 00:00') };

test('an approved paper is entered in the register once, however often that is tried', async () => {
  const { filePaper } = createPapers(store.db, loadRegisters().get('evaluationPapers')!);
  const call = { ...paper, number: 'EVAL-2026-000007' };
  const said = await Promise.all([filePaper(call), filePaper(call)]);
  expect([...said, await filePaper(call)]).toEqual(Array.from({ length: 3 }, () => ({ entry: 'PJ-2026-00001' })));
  const entry = await findEntry(store.db, 'evaluationPapers', 'PJ-2026-00001');
  expect(entry?.body).toEqual({
    case: 'EVAL-2026-000007',
    kind: 'objectives',
    version: 2,
    document: 'a'.repeat(64),
    inForceFrom: '2026-04-01T00:00:00+08:00',
  });
  expect(await filePaper({ ...call, ordinal: 2, version: 3 })).toEqual({ entry: 'PJ-2026-00002' });
});
