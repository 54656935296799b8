/** Delivered later than was promised. */
import { daysLate } from '../warranty.ts';
import type { Check } from './all.ts';

export const promise: Check = (_, body) => {
  if (typeof body['deliveredOn'] !== 'string') return [];
  const late = daysLate(body, 0) ?? 0;
  if (late === 0) return [];
  return [{ check: 'promise', entries: [], zh: `比承诺日期晚${late}天交付。`, en: `Delivered ${late} days after the promised date.` }];
};
