import { z } from 'zod';
import { ENTRY_STATUS } from '../../domain/register/definition.ts';
import { instant, label, next, secrecy } from './common.ts';
import { named } from './registry.ts';

export const registerId = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, 'the id of a register, such as customers');
export const entryId = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.#-]{0,63}$/, 'the id of an entry');

export const registerSummary = z.object({
  id: z.string(),
  ...label.shape,
  clause: z.string(),
  mayWrite: z.boolean(),
  reviewed: z.boolean().describe('Entries hold only after review and approval'),
});

const plain = z.object({
  name: z.string(),
  ...label.shape,
  type: z.string(),
  required: z.boolean(),
  sealed: z.boolean().describe('Kept sealed for the entry; false = a text that is open, or no text'),
  register: z.string().nullable().describe('Of a `ref`: whose entries it names'),
  options: z.array(z.object({ id: z.string(), ...label.shape })).nullable(),
});
export const registerView = registerSummary.extend({
  version: z.string(),
  key: z.string().nullable().describe('The field that names an entry; null = numbered'),
  search: z.array(z.string()),
  filter: z.array(z.string()),
  fields: z.array(plain.extend({ fields: z.array(plain).nullable() })),
});
named.add(registerView, { id: 'Register' });

const body = z.record(z.string(), z.unknown());
export const entryView = z.object({
  id: z.string(),
  version: z.number().int(),
  status: z.enum(ENTRY_STATUS),
  inForce: z.number().int().nullable().describe('The version that holds; null = none'),
  writtenBy: z.string(),
  changedAt: instant,
  secrecy,
  body,
});
named.add(entryView, { id: 'Entry' });
export const entryPage = z.object({ items: z.array(entryView), next });
const warning = z.object({ check: z.string(), entries: z.array(z.string()), zh: z.string(), en: z.string() });
export const entryReceipt = z.object({
  id: z.string(),
  version: z.number().int(),
  status: z.enum(ENTRY_STATUS),
  warnings: z.array(warning),
});
export const entryAct = z.object({
  version: z.number().int(),
  what: z.string(),
  person: z.string(),
  at: instant,
  reason: z.string().nullable(),
  body: body.nullable(),
  hash: z.string().nullable(),
});
export const entryIn = z.record(z.string().max(64), z.unknown()).describe('Fields of the register; what they are it says itself');
export const writeBody = z.strictObject({ body: entryIn });
export const changeBody = z.strictObject({ body: entryIn, reason: z.string().min(1).max(2_000) });
export const actOnBody = z.strictObject({ reason: z.string().min(1).max(2_000).optional() });
export const entryNamedBy = z.object({ register: z.string(), id: z.string(), field: z.string() });

const said = z.object({ zh: z.string(), en: z.string() });
export const importResult = z.object({
  register: z.string(),
  dryRun: z.boolean(),
  kind: z.string().describe('What the file was taken for: `CSV, GB18030`'),
  rows: z.number().int(),
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  bad: z.number().int(),
  unknownColumns: z.array(z.string()).describe('Columns that are none of the register: nothing was taken from them'),
  faults: z
    .array(
      z.object({
        line: z.number().int().describe('Line of the file, or row of the sheet'),
        faults: z.array(z.object({ column: z.string().nullable(), what: said, remedy: said })),
      }),
    )
    .describe('The first 500 rows that were not taken'),
});
named.add(importResult, { id: 'ImportResult' });
