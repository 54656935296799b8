/** Where an account belongs, by its name: a retention to its building and what that lies in, an outlet's account to the outlet; what is the company's to no place. */
import { sql, type RawBuilder } from 'kysely';
import type { Holding } from '../../domain/place.ts';
import { anyOf } from './scope.ts';

export const accountPlaces = (account: RawBuilder<unknown>): RawBuilder<string[]> =>
  sql<string[]>`places_with(case split_part(${account}, ':', 1) when 'retention' then array['buildings/' || split_part(${account}, ':', 3)]
    when 'outlet' then array['outlets/' || split_part(${account}, ':', 2)] else '{}' end)`;

/** It belongs to where something is held. */
export const accountIn = (account: RawBuilder<unknown>, held: readonly Pick<Holding, 'places'>[]): RawBuilder<boolean> =>
  anyOf(held, ({ places }) => (places === undefined ? sql`true` : sql`${accountPlaces(account)} && ${[...places]}::text[]`));
