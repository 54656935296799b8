/** A warranty shorter than the state asks for. */
import type { Check } from './all.ts';

export const warranty: Check = (_, { warrantyMonths, lawfulMonths }) => {
  if (typeof warrantyMonths !== 'number' || typeof lawfulMonths !== 'number' || warrantyMonths >= lawfulMonths) return [];
  return [
    {
      check: 'warranty',
      entries: [],
      zh: `质保期${warrantyMonths}个月,短于国家规定的${lawfulMonths}个月。`,
      en: `A warranty of ${warrantyMonths} months is shorter than the ${lawfulMonths} that the state asks for.`,
    },
  ];
};
