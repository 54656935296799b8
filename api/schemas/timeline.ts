/** A case's timeline as it goes out. */
import { z } from 'zod';
import { eventView } from './cases.ts';
import { instant, next } from './common.ts';

export const deliveryResult = z
  .enum(['delivered', 'refused', 'given-up', 'stuck'])
  .describe(
    '`refused`: the channel takes it never; `given-up`: it was tried for days; `stuck`: it was tried often, and goes on being tried',
  );

export const timelinePage = z.object({
  items: z.array(
    z.object({
      at: instant.describe('When it was recorded, or when the channel last answered'),
      of: z
        .enum(['record', 'delivery'])
        .describe(
          '`record`: an event of the hash chain; `delivery`: noted where notices are sent, joined at reading and no part of the chain',
        ),
      event: eventView.nullable(),
      delivery: z
        .object({
          id: z.string(),
          channel: z.string(),
          person: z.string().nullable().describe('Whom it is for, by mail; null = the channel’s group or program'),
          result: deliveryResult,
          attempts: z.number().int(),
          why: z.string().nullable(),
          told: z.array(z.object({ seq: z.number().int(), recipient: z.string() })).describe('Of which events, and to which roles'),
        })
        .nullable(),
    }),
  ),
  next,
});
