/** GET /api/cases/:number/goods */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { findEntry, seenAmong } from '../../../db/read/entries.ts';
import { daysLate, isUnderWarranty, warrantyUntil } from '../../../domain/register/warranty.ts';
import { dayOf } from '../../../domain/time.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { me } from '../../plugins/auth.ts';
import { caseNumber } from '../../schemas/common.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'getCaseGoods',
  tag: 'cases',
  summary: 'What the registers hold of the order, product and home that a case names',
  description:
    'Advice: the person decides. Of an entry that they may not see it is as if the register had none, and of a form that they may not read as if it named nothing. Warranty as of the day the case was opened, delivery as of now. That it was asked stands in the journal.',
  problems: ['not-found'],
};
const covered = {
  known: z.boolean().describe('The register has it'),
  warrantyUntil: z.string().nullable().describe('Last day of the warranty; null = the register does not say'),
  underWarranty: z.boolean().nullable(),
};
const goods = z.object({
  order: z
    .object({
      number: z.string(),
      known: z.boolean().describe('The register has it'),
      promisedDate: z.string().nullable(),
      deliveredOn: z.string().nullable(),
      daysLate: z.number().int().nullable().describe('0 = in time; null = nothing was promised'),
    })
    .nullable(),
  product: z.object({ serial: z.string(), ...covered }).nullable(),
  unit: z.object({ code: z.string(), ...covered }).nullable(),
});

export const goodsRoute: Routes = async (app, { db, clock, registers }) => {
  app.get(
    '/api/cases/:number/goods',
    { schema: { ...about(described), params: z.object({ number: caseNumber }), response: { 200: goods, ...problemsOf(described) } } },
    async (request) => {
      const { number } = request.params;
      const { state } = await caseFor(db, request, number);
      const { order, product, unit } = state.answers['open'] ?? {};
      const now = dayOf(clock());
      const asked = dayOf(state.openedAt);
      const seen = async (register: string, id: string) => {
        const def = registers.get(register);
        return def === undefined || (await seenAmong(db, me(request), def, [id])).length === 0 ? undefined : findEntry(db, register, id);
      };
      const cover = async (register: string, id: string) => {
        const body = (await seen(register, id))?.body;
        if (body === undefined) return { known: false, warrantyUntil: null, underWarranty: null };
        return { known: true, warrantyUntil: warrantyUntil(body) ?? null, underWarranty: isUnderWarranty(body, asked) ?? null };
      };
      const ordered = async (id: string) => {
        const body = (await seen('orders', id))?.body;
        const said = (name: string): string | null => (typeof body?.[name] === 'string' ? body[name] : null);
        return {
          number: id,
          known: body !== undefined,
          promisedDate: said('promisedDate'),
          deliveredOn: said('deliveredOn'),
          daysLate: body === undefined ? null : (daysLate(body, now) ?? null),
        };
      };
      const goodsOf = {
        order: typeof order === 'string' ? await ordered(order) : null,
        product: typeof product === 'string' ? { serial: product, ...(await cover('products', product)) } : null,
        unit: typeof unit === 'string' ? { code: unit, ...(await cover('units', unit)) } : null,
      };
      const until = goodsOf.product?.warrantyUntil ?? goodsOf.unit?.warrantyUntil ?? 'unknown';
      await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { case: number, warrantyUntil: until } });
      return goodsOf;
    },
  );
};
