/** What customers thought of one person's repairs: the opinion they signed, and what they said when called (3.5.10). */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { LookUpPorts } from '../workflows/kit/ports.ts';

/** Repairs whose completion the person entered, or held the task of, within the time. */
export function createOpinions(db: Db): Pick<LookUpPorts, 'opinionsOn'> {
  return {
    async opinionsOn({ person, from, to }) {
      const { rows } = await sql<
        Record<'repairs' | 'signedSatisfied' | 'signedDissatisfied' | 'calledSatisfied' | 'calledDissatisfied', number>
      >`
        select count(*)::int as repairs,
          count(*) filter (where signed = 'satisfied')::int as "signedSatisfied",
          count(*) filter (where signed = 'dissatisfied')::int as "signedDissatisfied",
          count(*) filter (where called = 'true')::int as "calledSatisfied",
          count(*) filter (where called = 'false')::int as "calledDissatisfied"
        from (select state -> 'answers' -> 'completion' ->> 'customerOpinion' as signed, state -> 'answers' -> 'followUp' ->> 'satisfied' as called
          from case_file where kind = 'repair' and exists (
            select from event where event.case_number = case_file.number and occurred_at >= ${new Date(from)} and occurred_at <= ${new Date(to)} and (
              (event.kind = 'submitted' and event.person = ${person} and body -> 'data' ->> 'step' = 'completion')
              or (event.kind = 'assigned' and body -> 'data' ->> 'person' = ${person} and body -> 'data' ->> 'task' like 'completion#%')))) as repair`.execute(
        db,
      );
      return { ...rows[0] };
    },
  };
}
