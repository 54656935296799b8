import { z } from 'zod';
import { dueChange } from './calendars.ts';
import { instant, packId } from './common.ts';
import { named } from './registry.ts';

export const jobId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'the id of a bulk job');

export const bulkBody = z.strictObject({
  pack: packId,
  toVersion: z
    .string()
    .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 'a version such as 1.1.0')
    .optional()
    .describe('Default: the version in force'),
  calendarVersion: z.string().max(32).optional().describe('Also this version of the pack’s calendar'),
  reason: z.string().trim().min(1).max(20_000),
});
named.add(bulkBody, { id: 'BulkRebase' });

export const bulkJob = z.object({
  id: z.string(),
  kind: z.enum(['calendar', 'rebase']),
  status: z
    .enum(['asked', 'previewing', 'previewed', 'confirmed', 'running', 'done', 'cancelled'])
    .describe('previewed: waits for its confirmation, a week at most'),
  pack: z.string().nullable(),
  toVersion: z.string().nullable(),
  calendar: z.string().nullable(),
  calendarVersion: z.string().nullable(),
  reason: z.string().nullable(),
  person: z.string(),
  askedAt: instant,
  finishedAt: instant.nullable(),
  counts: z.object({
    total: z.number().int().describe('Open cases that it is about'),
    due: z.number().int().describe('Not done yet'),
    changed: z.number().int(),
    unchanged: z.number().int().describe('Nothing moved, or it went by newer rules already'),
    skipped: z.number().int().describe('Closed in between'),
    refused: z.number().int(),
    moving: z.number().int().describe('Cases with a deadline that moves, foreseen or done'),
  }),
  items: z
    .array(
      z.object({
        number: z.string(),
        status: z.enum(['due', 'changed', 'unchanged', 'skipped', 'refused']),
        code: z.string().nullable(),
        changes: z.array(dueChange),
      }),
    )
    .describe('The first fifty with a deadline that moves, or that are or would be refused, or were skipped'),
});
named.add(bulkJob, { id: 'BulkJob' });
