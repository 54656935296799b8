/**
 * Keys of what the product itself says: an opening by a case or of an entry, a message of a bulk change, of an import, of a customer.
 * They hold a blank, which no `Idempotency-Key` can: nobody can have used one beforehand.
 */
export const ownKey = (of: string, ...parts: readonly (string | number)[]): string => [of, ...parts].join(' ');
