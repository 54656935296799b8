import { z } from 'zod';
import { problemCodes } from '../problems/catalogue.ts';
import { named } from './registry.ts';

export const problemSchema = z.object({
  type: z.string().describe('`/problems/<code>`, stable'),
  code: z.enum(problemCodes).describe('The last part of `type`'),
  title: z.string().describe('In the language of Accept-Language; Chinese unless English is preferred'),
  titleEn: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  instance: z.string(),
  traceId: z.string().describe('Stands in the server log, too'),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
named.add(problemSchema, { id: 'Problem', description: 'RFC 9457 problem document' });
