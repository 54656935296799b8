/**
 * The present edition of the kit's rules, which a case is judged by from its opening to its end. 2: the order of facts is held
 * for offers, assignments and extensions; a fact is not dated further back than the pack allows; the earliest fact decides
 * a limit, in whatever order they are entered; the pack may rule a step out.
 * 3: what waits for several tasks goes on in the turn of the message that closed the last of them.
 * 4: a case opens at the pack's lowest severity, and one that the pack does not have is refused; it closes when what the pack
 * requires before closing is there, and a step is answered when the forms that the pack requires for it are filed.
 * 5: what came past the desk is marked so, and decides nothing unless the pack says that it does.
 * 6: whoever contributed to a version since the last that was approved, or reviewed it, does not approve it.
 * 7: an emergency grant is good for the task that it names; one that names none is good for none.
 * 8: what is no message, or one of the future, is refused before anything of the case is touched; what was refused stays refused; past the
 * desk nothing ends a case unless the pack lets it, and nothing exchanges its rules or speaks of the past.
 */
export const EDITION = 8;

/** Of a case that was opened before editions were stated: the first. */
export const editionOf = ({ edition = 1 }: { readonly edition?: number | undefined }): number => edition;
