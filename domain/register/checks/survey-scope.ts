/**
 * All customers or a sample (4.1.1): their number decides. The text names no number, so it is the company's own, written with the
 * round: up to it all are asked, above it a sample. What is asked has to fit what was decided.
 */
import type { Check } from './all.ts';

export const surveyScope: Check = (_, body) => {
  const { customers, fullUpTo, scope, asked } = body as { customers: number; fullUpTo?: number; scope: 'full' | 'sample'; asked: number };
  const warn = (zh: string, en: string) => ({ check: 'surveyScope', entries: [], zh, en });
  const wanted = fullUpTo === undefined ? scope : customers <= fullUpTo ? 'full' : 'sample';
  return [
    ...(wanted === 'full' && scope === 'sample'
      ? [warn(`客户不超过${fullUpTo}户,应全数调查。`, `There are no more than ${fullUpTo} customers: all of them are asked.`)]
      : []),
    ...(wanted === 'sample' && scope === 'full'
      ? [warn(`客户超过${fullUpTo}户,可抽样调查。`, `There are more than ${fullUpTo} customers: a sample is enough.`)]
      : []),
    ...(asked > customers ? [warn(`调查户数多于客户总数${customers}。`, `More are asked than the ${customers} customers there are.`)] : []),
    ...(scope === 'full' && asked < customers
      ? [warn(`全数调查须调查全部${customers}户。`, `A survey of all customers asks all ${customers}.`)]
      : []),
  ];
};
