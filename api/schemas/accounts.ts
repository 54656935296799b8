import { z } from 'zod';
import { ACCOUNT_KINDS } from '../../domain/ledger/account.ts';
import { ENTRY_KINDS } from '../../domain/ledger/entry.ts';
import { caseNumber, instant, instantIn, label, yuan } from './common.ts';
import { named } from './registry.ts';

const part = z.string().regex(/^[^:%\s][^:%]{0,79}$/, 'a name without : and %, at most 80 characters');
const money = z.union([z.string().max(64), z.number()]).describe('Yuan above zero, at most two decimals, such as `12300.50`');
export const accountId = z.string().min(1).max(200);

const document = z.strictObject({
  reference: z.string().min(1).max(200).describe('Number or name of the decision document'),
  by: z.string().min(1).max(100).describe('Who decided'),
  at: instantIn.describe('When it was decided'),
  reason: z.string().min(1).max(1_000),
});

export const openBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fund'),
    fund: z.string().max(40).describe('A working fund of the procedure; it is opened with the amount that the pack in force names'),
    decision: document,
  }),
  z.strictObject({ kind: z.literal('retention'), builder: part, building: part, amount: money, decision: document }),
  z.strictObject({ kind: z.literal('outlet'), outlet: part, decision: document }),
]);
named.add(openBody, { id: 'OpenAccount' });

export const entryBody = z.strictObject({
  kind: z.enum(ENTRY_KINDS),
  amount: money,
  case: caseNumber.optional().describe('For draw, return, funds; it names an `event` or a `proposal` as well'),
  event: z.number().int().min(1).optional().describe('Seq of the decision in the record of the case'),
  proposal: z.string().max(200).optional().describe('Hash of the approved proposal of the case'),
  decision: document.optional().describe('Where no case is named'),
  note: z.string().max(1_000).optional(),
});
named.add(entryBody, { id: 'EnterOnAccount' });

export const account = z.object({
  id: z.string(),
  kind: z.enum(ACCOUNT_KINDS),
  name: label,
  owner: z.string(),
  clause: z.string(),
  balance: yuan.describe('Sum of the entries'),
  floor: yuan.nullable().describe('Least balance; null = none'),
  left: yuan.nullable().describe('What may still be taken; null = nothing is taken from it'),
  amount: yuan.nullable().describe('Of a working fund: what the pack says it holds'),
  toReplenish: yuan.nullable().describe('Of a working fund: what is missing of that amount'),
  shortfall: yuan.describe('What cases asked of it, it could not bear and is still open, see /api/shortfalls'),
  openedAt: instant,
  openedBy: z.string().nullable(),
});
named.add(account, { id: 'Account' });

export const entry = z.object({
  id: z.string(),
  account: z.string(),
  kind: z.enum(ENTRY_KINDS),
  name: label,
  amount: yuan.describe('Below zero: taken from the account'),
  case: z.string().nullable().describe('null = none, or one that does not concern me: then decision and reason are null, too'),
  decision: z
    .string()
    .nullable()
    .describe('`effect:<name>#<n>`, `event:<seq>` or `proposal:<hash>` of the case; `document:<reference>`; null = not kept then'),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
  enteredBy: z.string().nullable().describe('null = by the procedure itself'),
  enteredAt: instant,
});
named.add(entry, { id: 'LedgerEntry' });

export const statement = z.object({
  account: z.string(),
  from: instant,
  until: instant,
  opening: yuan,
  moved: z.array(z.object({ kind: z.enum(ENTRY_KINDS), name: label, amount: yuan, entries: z.number().int() })),
  closing: yuan.describe('Opening and everything that moved'),
});
named.add(statement, { id: 'AccountStatement' });

export const shortfall = z.object({
  id: z.string(),
  account: z.string(),
  amount: yuan,
  open: yuan.describe('How much of it has not been met'),
  borneBy: z
    .enum(['company', 'replenishment'])
    .describe('company: it has paid and recovers it otherwise; replenishment: finance fills the fund'),
  case: z.string().nullable().describe('null = it does not concern me'),
  enteredAt: instant,
});
