/** Perhaps there already: the same telephone, or a name that is the same word for word. */
import { searchable } from '../grams.ts';
import { plain } from '../read-entry.ts';
import type { Check } from './all.ts';

/** Fields that tell who somebody is. */
export const TELLING = ['name', 'telephone', 'licence'] as const;

export const similar: Check = (_, body, others) => {
  const said = (of: Readonly<Record<string, unknown>>, field: string): string => searchable(plain(of[field])[0] ?? '');
  const alike = others.filter(({ body: other }) =>
    TELLING.some((field) => said(body, field) !== '' && said(body, field) === said(other, field)),
  );
  if (alike.length === 0) return [];
  const entries = alike.map(({ id }) => id);
  const named = entries.join(', ');
  return [{ check: 'similar', entries, zh: `可能已有登记:${named}。`, en: `Perhaps there already: ${named}.` }];
};
