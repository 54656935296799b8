import { expect, test } from 'vitest';
import { keptUntil, readErasureOf } from '../../domain/erasure.ts';

test('of whom: an entry, a case or a person; anything else is nothing', () => {
  expect(readErasureOf('customers/KH-2026-00001')).toEqual({ what: 'entry', register: 'customers', id: 'KH-2026-00001' });
  expect(readErasureOf('case:CS19-2026-000001')).toEqual({ what: 'case', number: 'CS19-2026-000001' });
  expect(readErasureOf('person:w.li@corp')).toEqual({ what: 'person', person: 'w.li@corp' });
  for (const text of ['', 'customers', 'customers/', '/x', 'case:', 'case:A/B', 'person:a b', 'a/b/c', '../etc/passwd', 'case:A\n'])
    expect(readErasureOf(text)).toBeUndefined();
});

test('a closed case is kept for the years its procedure names, to the day', () => {
  const closed = (text: string): number => Date.parse(`${text}+08:00`);
  const years = (n: number) => ({ years: n, clause: '1' });
  expect(keptUntil(years(5), closed('2026-03-09T23:59:59'))).toBe('2031-03-09');
  // In Beijing it is the tenth already.
  expect(keptUntil(years(5), Date.parse('2026-03-09T16:00:00Z'))).toBe('2031-03-10');
  expect(keptUntil(years(1), closed('2028-02-29T12:00:00'))).toBe('2029-03-01');
  expect(keptUntil(years(4), closed('2028-02-29T12:00:00'))).toBe('2032-02-29');
  expect(keptUntil({ none: 'none in the text' }, closed('2026-03-09T12:00:00'))).toBeUndefined();
  expect(keptUntil({ file: 'yearly', clause: '1' }, closed('2026-03-09T12:00:00'))).toBeUndefined();
  expect(keptUntil(undefined, 0)).toBeUndefined();
});
