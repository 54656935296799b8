/** Contacts of a period, put together by customer and channel: what written customer information is made of. Pure. */
import type { EntryBody } from './read-entry.ts';

export interface Noted {
  readonly id: string;
  readonly body: EntryBody;
}

export interface ContactGroup {
  /** The customer's file where the notes name one, else the name as it was noted. */
  readonly customer: string;
  readonly customerFile: string | null;
  readonly channel: string;
  readonly notes: readonly Noted[];
}

/** Customers by name, channels in the order of their first note, notes as they came. */
export function compileContacts(notes: readonly Noted[]): ContactGroup[] {
  const groups = Map.groupBy(notes, ({ body }) =>
    JSON.stringify([text(body['customerFile']) ?? nameOf(body), text(body['channel']) ?? '']),
  );
  const made = [...groups.values()].map((of): ContactGroup => {
    const last = of.at(-1)?.body ?? {};
    return { customer: nameOf(last), customerFile: text(last['customerFile']), channel: text(last['channel']) ?? '', notes: of };
  });
  return made.toSorted((a, b) => (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0));
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const nameOf = (body: EntryBody): string => (text(body['customer']) ?? '').trim().replace(/\s+/gu, ' ');
