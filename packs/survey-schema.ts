/** The form of a survey in `pack.yaml`: when it is sent, its questions and weights, its targets, its grades. */
import { z } from 'zod';
import { monthDay } from './limit-schema.ts';
import { clause, id, label } from './words.ts';

const bound = z.number().min(0).max(1000);

const threshold = z
  .strictObject({
    ...label,
    unit: z.enum(['percent', 'points', 'score', 'count']),
    atLeast: bound.exactOptional(),
    above: bound.exactOptional(),
    atMost: bound.exactOptional(),
    below: bound.exactOptional(),
    clause,
  })
  .superRefine(({ unit, atLeast, above, atMost, below }, context) => {
    const bounds = [atLeast, above, atMost, below].filter((one) => one !== undefined);
    const wrong = (message: string) => context.addIssue({ code: 'custom', path: [], message });
    if (bounds.length === 0) return wrong('at least one of atLeast, above, atMost, below');
    if (atLeast !== undefined && above !== undefined) return wrong('one lower bound: atLeast (includes its number) or above (does not)');
    if (atMost !== undefined && below !== undefined) return wrong('one upper bound: atMost (includes its number) or below (does not)');
    if ((atLeast ?? above ?? 0) > (atMost ?? below ?? Infinity)) return wrong('a lower bound that is not above the upper one');
    if (unit === 'percent' && bounds.some((one) => one > 100)) return wrong('percentages up to 100');
  });

const items = z
  .strictObject({
    count: z.int().min(1).max(100),
    weights: z.array(z.number().min(0)).min(1),
    lowestScore: z.int().min(0),
    highestScore: z.int().min(1).max(100),
    /** What all items at their lowest and at their highest score come to. */
    lowestTotal: z.number().min(0),
    highestTotal: z.number().min(1),
    clause,
  })
  .superRefine(({ count, weights, lowestScore, highestScore, lowestTotal, highestTotal }, context) => {
    if (weights.length !== count)
      context.addIssue({ code: 'custom', path: ['weights'], message: `${count} weights, one for each item (there are ${weights.length})` });
    if (lowestScore >= highestScore)
      context.addIssue({ code: 'custom', path: ['highestScore'], message: `a score above the lowest one, ${lowestScore}` });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum * lowestScore !== lowestTotal || sum * highestScore !== highestTotal) {
      const message = `weights that fit the totals: these, together ${sum}, give ${sum * lowestScore} to ${sum * highestScore}, not ${lowestTotal} to ${highestTotal}`;
      context.addIssue({ code: 'custom', path: ['weights'], message });
    }
  });

const grades = z
  .array(z.strictObject({ id, ...label, from: z.int().min(0).max(100), clause }))
  .min(2)
  .superRefine((list, context) => {
    list.forEach((grade, i) => {
      const better = list[i - 1];
      if (better !== undefined && grade.from >= better.from)
        context.addIssue({ code: 'custom', path: [i, 'from'], message: `a bound below that of ${better.id}, the best grade first` });
    });
    if (list.at(-1)?.from !== 0)
      context.addIssue({ code: 'custom', path: [list.length - 1, 'from'], message: '0 for the last grade, so that every total has one' });
  });

export const survey = z.strictObject({
  ...label,
  by: z.array(id).min(1),
  window: z.strictObject({ opens: monthDay, closes: monthDay, clause }).exactOptional(),
  limits: z.array(id).min(1).exactOptional(),
  thresholds: z.record(id, threshold),
  items: items.exactOptional(),
  grades: grades.exactOptional(),
  clause,
});
