/** Desk, worker and store of one test file on the run's engine. */
import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll } from 'vitest';
import { useOffice, type Office } from '../../store/support/office.ts';

/** Every file has a store of its own but they share the engine, where a case's number is its workflow's id: begin apart. */
export function useEngine(...how: Parameters<typeof useOffice>): Office {
  const office = useOffice(...how);
  beforeAll(async () => {
    await sql`select setval('case_number_seq', ${randomInt(1_000_000, 900_000_000)})`.execute(office.owner);
  });
  return office;
}
