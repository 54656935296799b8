/** An import in a process of its own, to be killed: `node import-process.ts <json>`; says after each step how far it is. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from '../../db/database.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { importTable } from '../../exchange/import.ts';
import { readTable } from '../../sheets/read/read.ts';
import { testVault } from './vault.ts';

const { url, file, def } = JSON.parse(process.argv[2] ?? '') as { url: string; file: string; def: RegisterDef };
const bytes = await readFile(file);
const fileHash = createHash('sha256').update(bytes).digest('hex');
const onStep = (done: number): void => void process.stdout.write(`${done}\n`);
await importTable(connect({ url, vault: testVault }), {
  def,
  table: await readTable(bytes),
  fileHash,
  person: 'clerk',
  at: Date.now(),
  dryRun: false,
  onStep,
});
