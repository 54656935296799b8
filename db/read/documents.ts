/** Forms that were filed, opened. */
import type { Db, Trx } from '../database.ts';
import { opener } from '../personal.ts';

export interface KeptDocument {
  readonly subject: string | null;
  readonly body: string;
}

/** As it was hashed; undefined when nobody can read it any more. */
export async function textOf(db: Db | Trx, { subject, body }: KeptDocument): Promise<string | undefined> {
  return (await opener(db, [subject])).text(subject, body);
}

/** What was filled in; nothing where nobody can read it any more. */
export async function formOf(db: Db | Trx, kept: KeptDocument): Promise<Record<string, unknown>> {
  return formIn(await textOf(db, kept));
}

/** The same for many, by one question for their keys. */
export async function withForms<T extends KeptDocument>(
  db: Db | Trx,
  rows: readonly T[],
): Promise<(T & { form: Record<string, unknown> })[]> {
  const open = await opener(db, rows.map(({ subject }) => subject)); // prettier-ignore
  return rows.map((row) => ({ ...row, form: formIn(open.text(row.subject, row.body)) }));
}

function formIn(text: string | undefined): Record<string, unknown> {
  return text === undefined ? {} : (JSON.parse(text) as { form: Record<string, unknown> }).form;
}
