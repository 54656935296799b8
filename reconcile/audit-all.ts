/** The whole record: every case, the journals, the ledger, and the signed checkpoints. */
import type { Client } from '@temporalio/client';
import type { Db } from '../db/database.ts';
import { readCheckpoints } from '../runtime/checkpoint/folder.ts';
import { readPublicKey } from '../runtime/checkpoint/key.ts';
import { auditCase } from './audit.ts';
import { storedCases } from './cases.ts';
import { faultsOfCheckpoints, faultsOfRecord } from './checkpoints.ts';
import { auditJournals } from './journal.ts';
import { auditLedger } from './ledger.ts';

export interface AuditOptions {
  readonly db: Db;
  /** With it the chains are also recomputed from the histories that are kept. */
  readonly client: Client | undefined;
  /** Of the checkpoints. */
  readonly folder: string;
  readonly publicKeyFile: string;
  /** One case alone: then neither journals nor checkpoints. */
  readonly only: string | undefined;
}

export interface AuditTotal {
  readonly cases: number;
  readonly events: number;
  readonly journal: number;
  readonly checkpoints: number;
  /** Entries of the ledger. */
  readonly ledger: number;
  readonly faults: number;
}

/** @param say each finding, as an object and as a line */
export async function auditAll(options: AuditOptions, say: (line: object, text: string) => void): Promise<AuditTotal> {
  const { db, client, only } = options;
  const total = { cases: 0, events: 0, journal: 0, checkpoints: 0, ledger: 0, faults: 0 };
  for (const number of only === undefined ? await storedCases(db) : [only]) {
    const { events, faults } = await auditCase(db, number, client);
    total.cases += 1;
    total.events += events;
    total.faults += faults.length;
    for (const { seq, fault } of faults) say({ case: number, seq, fault }, `${number}  event ${seq}  ${fault}`);
  }
  if (only !== undefined) return total;
  const { entries, faults } = await auditJournals(db);
  total.journal = entries;
  total.faults += faults.length;
  for (const one of faults) say(one, `${one.chain}  entry ${one.seq}  ${one.fault}`);
  const ledger = await auditLedger(db);
  total.ledger = ledger.entries;
  total.faults += ledger.faults.length;
  for (const one of ledger.faults) say(one, `ledger ${one.account}  ${one.entry === null ? '' : `entry ${one.entry}  `}${one.fault}`);
  const checkpoints = await readCheckpoints(options.folder);
  total.checkpoints = checkpoints.length;
  if (checkpoints.length === 0) return total;
  for (const one of [
    ...faultsOfCheckpoints(checkpoints, readPublicKey(options.publicKeyFile)),
    ...(await faultsOfRecord(db, checkpoints)),
  ]) {
    total.faults += 1;
    say(one, `checkpoint ${one.checkpoint}  ${one.chain === undefined ? '' : `${one.chain} ${one.seq}  `}${one.fault}`);
  }
  return total;
}
