/** Every column a mapping speaks of, with the place where it does. */
import type { Mapping, Source, Told } from './schema.ts';

export interface ColumnUse {
  readonly column: string;
  readonly path: readonly (string | number)[];
}

export function columnsOf(mapping: Mapping): ColumnUse[] {
  const { key, order, moments, assigned, expect, form, tell } = mapping;
  return [
    { column: key, path: ['key'] },
    ...(order === undefined ? [] : [{ column: order, path: ['order'] }]),
    ...Object.keys(expect).map((column) => ({ column, path: ['expect', column] })),
    ...Object.entries(moments).flatMap(([name, moment]) =>
      moment === undefined
        ? []
        : [
            { column: moment.at, path: ['moments', name, 'at'] },
            ...Object.keys(moment.when).map((column) => ({ column, path: ['moments', name, 'when', column] })),
          ],
    ),
    ...(assigned === undefined
      ? []
      : [
          { column: assigned.person, path: ['assigned', 'person'] },
          { column: assigned.at, path: ['assigned', 'at'] },
        ]),
    ...inForm(form, ['form']),
    ...Object.entries(tell).flatMap(([part, steps]) => steps.flatMap((told: Told, i) => inForm(told.form, ['tell', part, i, 'form']))),
  ];
}

function inForm(form: Readonly<Record<string, Source>>, path: readonly (string | number)[]): ColumnUse[] {
  return Object.entries(form).flatMap(([field, source]) => {
    if ('column' in source) return [{ column: source.column, path: [...path, field, 'column'] }];
    return 'columns' in source ? source.columns.map((column, i) => ({ column, path: [...path, field, 'columns', i] })) : [];
  });
}
