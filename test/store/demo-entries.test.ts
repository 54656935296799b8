/** The demo company has something in every register that all procedures share, and telling it again changes nothing. */
import { expect, test } from 'vitest';
import { listEntries } from '../../db/read/entries.ts';
import { readEntry } from '../../domain/register/read-entry.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import { demoEntries, putEntries } from '../../scripts/demo/entries.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const registers = loadRegisters();

test('entries are as people might have entered them, put in once', async () => {
  for (const [register, ...bodies] of demoEntries)
    for (const body of bodies) expect(readEntry(registers.get(register)!, body), register).toEqual({ ok: true, body });
  await putEntries(store.db);
  await putEntries(store.db);
  for (const [register, ...bodies] of demoEntries) {
    const { items } = await listEntries(store.db, registers.get(register)!, { filter: {}, after: '', limit: 50 });
    expect(
      items.map(({ version }) => version),
      register,
    ).toEqual(bodies.map(() => 1));
  }
});
