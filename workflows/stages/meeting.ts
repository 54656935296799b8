/** A meeting is its minutes: who took part, what was decided, who owes what by when. Never a yes or no. */
import { refuse, type Refusal } from '../../domain/errors.ts';
import type { RoleId } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import type { Message } from '../kit/messages.ts';

/** Facts of minutes; their wording stays in the document. */
export interface Minutes {
  readonly participants: readonly RoleId[];
  /** Invited and did not come: recorded, the meeting stands. */
  readonly absent?: readonly RoleId[];
  readonly decision: true;
  readonly owner: RoleId;
  readonly dueAt: Instant;
}

/**
 * Guard of a step that takes minutes: everybody who was invited stands among the participants or is noted as absent, and
 * whoever owes what was decided is named with a due date after the meeting.
 */
export function minutesOf({ invited = [] }: { invited?: readonly RoleId[] } = {}): (answer: Message) => Refusal | undefined {
  return ({ facts, occurredAt }) => {
    const { participants = [], absent = [], owner, dueAt } = facts as unknown as Partial<Minutes>;
    const missing = invited.find((role) => !participants.includes(role) && !absent.includes(role));
    if (missing !== undefined) return refuse('participant-missing', missing);
    if (participants.length === 0) return refuse('bad-facts', 'participants');
    if (owner === undefined) return refuse('bad-facts', 'owner');
    return dueAt === undefined || dueAt <= occurredAt ? refuse('bad-facts', 'dueAt') : undefined;
  };
}
