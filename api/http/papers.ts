/** Events as somebody may read them: of a form above their label the event stays, what was filled in does not. */
import type { FastifyRequest } from 'fastify';
import type { FoundCase } from '../../db/read/cases.ts';
import type { EventRow } from '../../db/read/events.ts';
import { mayReadPaper } from './find.ts';

/** The same row where nothing is taken away. @param labels of the forms of the case, by hash */
export function withoutUnread(request: FastifyRequest, found: FoundCase, labels: ReadonlyMap<string, string>): (row: EventRow) => EventRow {
  return (row) => {
    const data: Readonly<Record<string, unknown>> = { ...row.event.data };
    if (data['facts'] === undefined || typeof data['documentHash'] !== 'string') return row;
    if (mayReadPaper(request, found, labels.get(data['documentHash']))) return row;
    return { ...row, event: { ...row.event, data: { ...data, facts: {} } } as unknown as EventRow['event'] };
  };
}
