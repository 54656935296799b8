/** The whole record: every case, what stands beside the cases, and the signed checkpoints. */
import type { Client } from '@temporalio/client';
import type { Db } from '../db/database.ts';
import { readCheckpoints } from '../runtime/checkpoint/folder.ts';
import { readPublicKey } from '../runtime/checkpoint/key.ts';
import { auditCase } from './audit.ts';
import { storedCases } from './cases.ts';
import { faultsOfCheckpoints, faultsOfRecord } from './checkpoints.ts';
import { auditEntries } from './entries.ts';
import { auditErasures } from './erasures.ts';
import { auditJournals } from './journal.ts';
import { auditLabels } from './labels.ts';
import { auditLedger } from './ledger.ts';
import { auditProofs } from './proofs.ts';

export interface AuditOptions {
  readonly db: Db;
  /** With it the chains are also recomputed from the histories that are kept. */
  readonly client: Client | undefined;
  /** Of the checkpoints. */
  readonly folder: string;
  readonly publicKeyFile: string;
  /** One case alone: neither what stands beside the cases nor checkpoints. */
  readonly only: string | undefined;
}

export interface AuditTotal {
  readonly cases: number;
  readonly events: number;
  readonly journal: number;
  /** Versions of entries of registers. */
  readonly versions: number;
  /** Rows that are held by proofs. */
  readonly rows: number;
  readonly checkpoints: number;
  /** Entries of the ledger. */
  readonly ledger: number;
  readonly faults: number;
}

/** @param say each finding, as an object and as a line */
export async function auditAll(options: AuditOptions, say: (line: object, text: string) => void): Promise<AuditTotal> {
  const { db, client, only } = options;
  const total = { cases: 0, events: 0, journal: 0, versions: 0, rows: 0, checkpoints: 0, ledger: 0, faults: 0 };
  const found = (line: object, text: string): void => {
    total.faults += 1;
    say(line, text);
  };
  for (const number of only === undefined ? await storedCases(db) : [only]) {
    const { events, faults } = await auditCase(db, number, client);
    total.cases += 1;
    total.events += events;
    for (const { seq, fault } of faults) found({ case: number, seq, fault }, `${number}  event ${seq}  ${fault}`);
  }
  if (only !== undefined) return total;
  const journals = await auditJournals(db);
  total.journal = journals.entries;
  for (const one of journals.faults) found(one, `${one.chain}  entry ${one.seq}  ${one.fault}`);
  const entries = await auditEntries(db);
  total.versions = entries.versions;
  for (const one of entries.faults) found(one, `${one.register} ${one.id}  version ${one.version}  ${one.fault}`);
  const proofs = await auditProofs(db);
  total.rows = proofs.rows;
  for (const one of proofs.faults) found(one, `${one.table} ${one.thing}  ${one.row}  ${one.fault}`);
  for (const one of await auditLabels(db)) found(one, `${one.record}  ${one.fault}`);
  for (const one of await auditErasures(db)) found(one, `${one.subject}  ${one.fault}`);
  const ledger = await auditLedger(db);
  total.ledger = ledger.entries;
  for (const one of ledger.faults) found(one, `ledger ${one.account}  ${one.entry === null ? '' : `entry ${one.entry}  `}${one.fault}`);
  const checkpoints = await readCheckpoints(options.folder);
  total.checkpoints = checkpoints.length;
  if (checkpoints.length === 0) return total;
  for (const one of [...faultsOfCheckpoints(checkpoints, readPublicKey(options.publicKeyFile)), ...(await faultsOfRecord(db, checkpoints))])
    found(one, `checkpoint ${one.checkpoint}  ${one.chain === undefined ? '' : `${one.chain} ${one.seq}  `}${one.fault}`);
  return total;
}
