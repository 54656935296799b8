/**
 * The present edition of the kit's rules, which a case is judged by from its opening to its end. 2: the order of facts is held
 * for offers, assignments and extensions; a fact is not dated further back than the pack allows; the earliest fact decides
 * a limit, in whatever order they are entered; the pack may rule a step out.
 * 3: what waits for several tasks goes on in the turn of the message that closed the last of them.
 */
export const EDITION = 3;
