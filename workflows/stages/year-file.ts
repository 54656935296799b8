/** The file a case goes into. */
import { refuse } from '../../domain/errors.ts';
import { toCivil } from '../../domain/civil.ts';
import { dayOf } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';

/**
 * Filed in the file of the year in which the matter ended. That the file is kept by year makes nobody wait: the case's own
 * closing limit is judged by the end of the matter.
 */
export async function fileByYear(c: Case): Promise<void> {
  const endedAt = c.now;
  const { year } = toCivil(dayOf(endedAt));
  for (const { id, limit } of Object.values(c.state.clocks)) if (limit === c.rules.closureLimit) c.meet(id, endedAt);
  c.enter('filing');
  await c.ask<{ year: number }>('filing', {
    within: 'yearFile',
    from: endedAt,
    guard: ({ facts }) => (facts['year'] === year ? undefined : refuse('bad-facts', 'year')),
  });
}
