/** Two at once in one place: the dates `from` and `until` overlap where `place` is the same. */
import { plain, type EntryBody } from '../read-entry.ts';
import type { Check } from './all.ts';

export const overlap: Check = (_, body, others) => {
  const [from, until] = span(body);
  if (from === '' || body['place'] === undefined) return [];
  const same = others.filter(({ body: other }) => {
    const [start, end] = span(other);
    return other['place'] === body['place'] && start <= until && from <= end;
  });
  if (same.length === 0) return [];
  const entries = same.map(({ id }) => id);
  const named = entries.join(', ');
  return [
    {
      check: 'overlap',
      entries,
      zh: `与同一地点的活动时间重叠:${named}。`,
      en: `It overlaps with what takes place there already: ${named}.`,
    },
  ];
};

/** First and last day; a single day is both. */
export function span(body: EntryBody): [string, string] {
  const [from = ''] = plain(body['from']);
  const [until = from] = plain(body['until']);
  return [from, until];
}
